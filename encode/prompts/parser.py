"""Reads what a prompt asks for, from its text alone."""

import re
from dataclasses import dataclass
from math import isfinite

import numpy as np

from encode.colors.notation import read_color
from encode.depth.corners import corner_depths
from encode.depth.transform import DepthTransform, LogTransform
from encode.edges.kinds import COLOR_SLOTS
from encode.errors import CodecError, ColorError, PromptError
from encode.keypoints.words import asks_for_hidden
from encode.pair import BACKGROUND, LINE_WIDTH, RADIUS, RGB, CodecParameter
from encode.prompts.legend import (
    LEGEND_SLOTS,
    PHRASE_PATTERN,
    SENTENCE_STYLES,
    read_legend,
    split_words,
)
from encode.prompts.marks import EXCLUDED, MARK_KINDS, MARKED, canvas_of
from encode.prompts.nearest import nearest_template
from encode.prompts.spelling import respelled
from encode.prompts.template import Template, templates
from encode.prompts.thing_colors import read_thing_colors
from encode.reading.limits import MOST_PROMPT
from encode.reading.short_text import short_repr

__all__ = ["ParsedPrompt", "number_text", "parameters_note", "parse"]


@dataclass(frozen=True, slots=True)
class ParsedPrompt:
    """What a prompt asks for.

    legend: (label, colour) for semantic, referring, reasoning (the question is the label), interactive, parts,
        materials, boxes, points and edges, and for the stuff of panoptic; without the background.
    things: classes of a panoptic prompt whose instances have a colour each, with the colours that it allows.
    classes: those of a panoptic prompt that leaves all colours to the answer.
    phrase: the objects of a parts prompt, else "".
    label_set: name of the standard set that the labels are classes of, "" for plain words.
    label: the class of an instance or points prompt, and of a boxes prompt that gives each its own colour; else "".
    colors: the colours that such a prompt allows, if it lists them; of a keypoints prompt those of people.
    people, limbs, hidden: of a keypoints prompt whose keypoints, (group of limbs, colour), and whether hidden ones too.
    background: colour of all other pixels; None where the prompt has none (depth, normals).
    codec_parameters: those that the prompt states: the ends of log depth, a transform that is not the default one, the
        width of lines, the radius of dots.
    mark: kind of the mark in the second source image, canvas: what it is drawn on (`encode.prompts.marks`); "" else.
    mark_colors: of the mark, and of excluded points where there are some.
    """

    task: str
    codec: str
    template: str
    split: str
    voice: str
    legend: tuple[tuple[str, RGB], ...] = ()
    phrase: str = ""
    label_set: str = ""
    label: str = ""
    colors: tuple[RGB, ...] = ()
    people: str = ""
    limbs: tuple[tuple[str, RGB], ...] = ()
    hidden: bool = False
    background: RGB | None = None
    codec_parameters: tuple[CodecParameter, ...] = ()
    mark: str = ""
    canvas: str = ""
    mark_colors: tuple[RGB, ...] = ()
    things: tuple[tuple[str, tuple[RGB, ...]], ...] = ()
    classes: tuple[str, ...] = ()

    def parameter(self, name: str) -> float:
        """Value of a parameter that every prompt of the task states; raises PromptError for one that does not."""
        for parameter in self.codec_parameters:
            if parameter.name == name:
                return parameter.value
        raise PromptError(f"prompt of {self.task}", f"one that states its {name}", "none")


# Codecs of colours on a background, which is black where the prompt names none.
_ON_BACKGROUND = ("flat-colors", "outlines", "outlines-over-image", "dots")

# What two readings of a prompt must agree in: all but the template.
_ASKED = (
    *("task", "codec", "legend", "phrase", "label_set", "label", "colors", "background"),
    *("mark", "canvas", "mark_colors", "people", "limbs", "hidden", "things", "classes"),
)

_NOTE = re.compile(r"(?P<rest>.*) Depth transform: lambda = (?P<lam>\S+), c = (?P<c>\S+)\Z", re.DOTALL)


def parameters_note(lam: float, c: float) -> str:
    """Sentence that a depth prompt ends with when its transform is not the default one."""
    return f" Depth transform: lambda = {lam!r}, c = {c!r}"


def number_text(value: float) -> str:
    """The number of a slot `low` or `high`: its shortest decimals, which read back exactly."""
    return np.format_float_positional(value, trim="-")


def parse(prompt: str) -> ParsedPrompt:
    """Read a prompt of any task, notation and voice; accepts British spelling, a small first letter, no full stop.

    Raises PromptError when no template gives the text, or several that do not agree (it names the template that comes
    nearest, or what in the text does not fit it), or for more than 16,384 characters.
    """
    if len(prompt) > MOST_PROMPT:
        raise PromptError("prompt", f"at most {MOST_PROMPT} characters", str(len(prompt)))
    text, parameters = _without_note(prompt)
    faults: list[str] = []
    for version in (text, *respelled(text)):
        readings = _readings(version, parameters, faults)
        if readings:
            return _agreed(readings, prompt)
    if faults:
        raise PromptError("prompt", faults[0], short_repr(prompt))
    near, writing = nearest_template(text)
    expected = f"wording that a template of a known task gives; the nearest is {near.id}, {writing!r}"
    raise PromptError("prompt", expected, short_repr(prompt))


def _readings(text: str, parameters: tuple[CodecParameter, ...], faults: list[str]) -> list[ParsedPrompt]:
    """What the templates make of the text; `faults` gets reasons where the words match but a slot's value does not."""
    readings = []
    for template in templates():
        match = template.match(text)
        if match is None:
            continue
        try:
            readings.append(_read(template, match, parameters))
        except (PromptError, ColorError, CodecError) as error:
            faults.append(f"{error.expected} for the {error.where} {error.got} in template {template.id}")
    return readings


def _without_note(prompt: str) -> tuple[str, tuple[CodecParameter, ...]]:
    match = _NOTE.fullmatch(prompt)
    if match is None:
        return prompt, ()
    try:
        values = float(match["lam"]), float(match["c"])
    except ValueError as error:
        raise PromptError("depth transform in the prompt", "two numbers", short_repr(prompt)) from error
    if not all(map(isfinite, values)):
        raise PromptError("depth transform in the prompt", "two finite numbers", short_repr(prompt))
    return match["rest"], (CodecParameter("lambda", values[0]), CodecParameter("c", values[1]))


def _agreed(readings: list[ParsedPrompt], prompt: str) -> ParsedPrompt:
    first = readings[0]
    for other in readings[1:]:
        if any(getattr(first, name) != getattr(other, name) for name in _ASKED):
            raise PromptError(f"prompt {short_repr(prompt)}", "one reading", f"{first} and {other}"[:1000])
    return first


def _read(template: Template, match: re.Match[str], parameters: tuple[CodecParameter, ...]) -> ParsedPrompt:
    values = {name: value for name, value in match.groupdict().items() if value is not None}
    legend = _legend(values)
    background = read_color(values["background"]) if "background" in values else None
    if template.codec in _ON_BACKGROUND and background is None:
        background = dict(legend).get(BACKGROUND, (0, 0, 0))
    things = read_thing_colors(values["things"]) if "things" in values else []
    classes = values["classes"].split(", ") if "classes" in values else []
    labels = [label for label, _ in (*legend, *things)] + classes
    if len(set(labels)) != len(labels):
        raise PromptError("legend", "every label once", short_repr(labels))
    return ParsedPrompt(
        task=template.task,
        codec=values["palette"].lower() if "palette" in values else template.codec,
        template=template.id,
        split=template.split,
        voice=template.voice,
        legend=tuple((label, rgb) for label, rgb in legend if label != BACKGROUND),
        phrase=values.get("phrase", "") if "color" not in values else "",
        label_set=values.get("label_set", ""),
        label=values.get("noun", values.get("plural", "")),
        colors=tuple(split_words(values["colors"])) if "colors" in values else (),
        people=values.get("people", ""),
        limbs=tuple(SENTENCE_STYLES[0].read(values["limbs"]) or ()) if "limbs" in values else (),
        hidden=asks_for_hidden(values.get("shown", "")),
        background=background,
        codec_parameters=_stated_parameters(values, parameters),
        mark=_mark(values),
        canvas=canvas_of(values.get("canvas", "")),
        mark_colors=tuple(read_color(values[slot]) for slot in (_mark(values), EXCLUDED) if slot in values),
        things=tuple(things),
        classes=tuple(classes),
    )


def _stated_parameters(values: dict[str, str], noted: tuple[CodecParameter, ...]) -> tuple[CodecParameter, ...]:
    """The size of lines or dots, the ends of log depth, or the note's transform, which must give the stated corners."""
    if "low" in values:
        ends = LogTransform(float(values["low"]), float(values["high"])).parameters
        if noted:
            raise PromptError("depth transform in the prompt", "none, since log depth has two ends", "one")
        return ends
    if "corners" in values:
        transform = DepthTransform(*(parameter.value for parameter in noted))
        if values["corners"] != corner_depths(transform):
            raise PromptError("depths at the corners", corner_depths(transform), short_repr(values["corners"]))
    sizes = {"width": LINE_WIDTH, "radius": RADIUS}
    return (*noted, *(CodecParameter(name, float(values[slot])) for slot, name in sizes.items() if slot in values))


def _legend(values: dict[str, str]) -> list[tuple[str, RGB]]:
    for slot, styles in LEGEND_SLOTS.items():
        if slot in values:
            return read_legend(values[slot], styles)
    if "targets" in values:
        entries = SENTENCE_STYLES[0].read(values["targets"], label=PHRASE_PATTERN)
        if entries is None:
            raise PromptError("targets", "phrases with 'in' and a colour", repr(values["targets"]))
        return entries
    sides = [(label, read_color(values[slot])) for slot, label in COLOR_SLOTS.items() if slot in values]
    if sides:
        return sides
    label = next((values[slot] for slot in ("phrase", "question", "wanted", "noun", "plural") if slot in values), "")
    label = label or (MARKED if _mark(values) else "")
    return [(label, read_color(values["color"]))] if label and "color" in values else []


def _mark(values: dict[str, str]) -> str:
    """The kind of mark that the prompt speaks of; "" for none."""
    return next((kind for kind in MARK_KINDS if kind in values), "")
