"""The `meta` with which to decode an answer, from the prompt alone: for images that were not rendered."""

import re
from collections.abc import Mapping

from encode.colors.legend import check_apart
from encode.colors.notation import read_color
from encode.errors import ColorError, TaskError
from encode.pair import BACKGROUND, BLACK, RGB, PairMeta
from encode.prompts.parser import ParsedPrompt, parse
from encode.reading.limits import MOST_PROMPT
from encode.reading.short_text import short_repr
from encode.registry import get_task, task_names

__all__ = ["meta_of_legend", "meta_of_prompt", "meta_of_task", "read_legend_text"]

_LEGEND_TASKS = (
    "semantic",
    "referring",
    "amodal",
    "reasoning",
    "interactive",
    "parts",
    "materials",
    "edges",
    "instance",
)

#: The codec of each task whose images decode without knowing the prompt.
_CODECS = {
    "depth": "cube-walk",
    "normals": "camera-normals",
    "albedo": "srgb",
    "shading": "log-shading",
    "instance": "flat-colors",
}

_TRIPLE = re.compile(r"\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*")


def meta_of_prompt(prompt: str, shape: tuple[int, int]) -> PairMeta:
    """Return the `meta` with which to decode the answer to `prompt`, an image of `shape` (height, width).

    Labels and colours are the prompt's; their ids are counted from 1 and mean nothing. Relative depth
    has no span: inverse-gray decodes to 1 at the nearest and +inf at the farthest, relative-log-gray to 1 to e.

    Raises PromptError for a prompt that does not parse, TaskError for one of a third party's task that fails.
    """
    return _meta(parse(prompt), shape)


def meta_of_legend(
    legend: Mapping[str, RGB], shape: tuple[int, int], *, background: RGB = BLACK, task: str = "semantic"
) -> PairMeta:
    """Return the `meta` with which to decode flat colours requested in your own words.

    legend: colour of each label or phrase; one named `background` wins over the argument. Empty for the task
    `instance`, where colours are the model's choice. shape: height and width of the answer. Decode with
    `get_task("semantic")`, `"referring"`, `"amodal"`, `"reasoning"`, `"interactive"`, `"parts"`, `"materials"`,
    `"edges"` or `"instance"`, and give that name here.

    Raises ColorError where colours are under 64 apart, TaskError for a task of other colours.
    """
    if task not in _LEGEND_TASKS:
        raise TaskError("task of a legend", f"one of {', '.join(_LEGEND_TASKS)}", repr(task))
    colors = dict(legend)
    background = colors.pop(BACKGROUND, background)
    check_apart([background, *colors.values()], "legend")
    return _meta(
        ParsedPrompt(task, "flat-colors", "", "", "", legend=tuple(colors.items()), background=background), shape
    )


def meta_of_task(task: str, shape: tuple[int, int]) -> PairMeta:
    """Return the `meta` with which to decode an image of `shape` (height, width) where only its task is known.

    Depth is metric, painted as the cube walk; instances are on black. Raises TaskError for a task whose colours only a
    prompt, a legend or its meta.json can explain, and for one that is not known.
    """
    if task not in _CODECS:
        known = f"the prompt, legend or meta.json of the task {task}" if task in task_names() else "a known task"
        raise TaskError("task alone", f"{known}; only {', '.join(_CODECS)} decode without", short_repr(task))
    return _meta(ParsedPrompt(task, _CODECS[task], "", "", ""), shape)


def read_legend_text(text: str) -> dict[str, RGB]:
    """Read a legend written as `cat=255,0,0; dog=#00FF00; background=black`: labels with colours in any notation.

    Raises ColorError for an entry without a colour, one that is named twice, or an unreadable colour.
    """
    if len(text) > MOST_PROMPT:
        raise ColorError("legend", f"at most {MOST_PROMPT} characters", str(len(text)))
    legend: dict[str, RGB] = {}
    for entry in filter(str.strip, text.split(";")):
        label, equals, color = (part.strip() for part in entry.rpartition("="))
        if not equals or not label:
            raise ColorError("legend", "entries such as cat=255,0,0 with a semicolon between them", short_repr(entry))
        if label in legend:
            raise ColorError("legend", "each label once", f"{short_repr(label)} twice")
        triple = _TRIPLE.fullmatch(color)
        legend[label] = read_color("({}, {}, {})".format(*triple.groups()) if triple else color)
    if not set(legend) - {BACKGROUND}:
        raise ColorError("legend", "at least one label besides the background", short_repr(text))
    return legend


def _meta(parsed: ParsedPrompt, shape: tuple[int, int]) -> PairMeta:
    decoding = get_task(parsed.task).decoding(parsed)
    return PairMeta(
        task=parsed.task,
        codec=decoding.codec,
        codec_parameters=decoding.parameters,
        frame_key="",
        colors=decoding.colors,
        template=parsed.template,
        split=parsed.split,
        seed=0,
        width=shape[1],
        height=shape[0],
    )
