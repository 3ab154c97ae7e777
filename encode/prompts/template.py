"""The templates of every task: those of `templates/*.toml`, and third parties' by entry point."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from importlib.resources import files
from typing import Any

import numpy as np

from encode.colors.notation import COLOR_PATTERN
from encode.draw import choice
from encode.entry_points import call_guarded
from encode.errors import PromptError
from encode.prompts.grammar import SequenceNode, parse_template, slot_names, template_pattern
from encode.prompts.legend import PHRASE_PATTERN

__all__ = ["SPLITS", "TEMPLATE_GROUP", "Template", "choose_template", "templates"]

#: A third party's templates: the entry point bears the task's name and loads to the text of a TOML file.
TEMPLATE_GROUP = "verichrome.templates"

#: Disjoint sets of templates: what a model is tuned on, and what measures how it takes other wording.
SPLITS = ("train", "heldout")

#: What each slot may hold; the readers of the slots are stricter.
_SLOTS = {
    "legend": r"(?:.|\n)+?",
    "sentence": r".+?",
    "statements": r"the .+?",
    "background": COLOR_PATTERN,
    "color": COLOR_PATTERN,
    # Exact, since two loose slots in one template would be tried at every pair of places.
    "colors": rf"{COLOR_PATTERN}(?:(?:, and | and |, ){COLOR_PATTERN})*",
    "noun": r"[A-Za-z][A-Za-z0-9' \-]*?",
    "plural": r"[A-Za-z][A-Za-z0-9' \-]*?",
    "palette": r"(?i:plasma|inferno|viridis|gray)",
    "targets": r".+?",
    "phrase": PHRASE_PATTERN,
}


@dataclass(frozen=True)
class Template:
    """One template. codec: which of the task's codecs its words describe. text: as the file has it."""

    id: str
    task: str
    codec: str
    split: str
    voice: str
    text: str
    tree: SequenceNode
    slots: frozenset[str]
    regex: re.Pattern[str]


def templates(task: str = "") -> tuple[Template, ...]:
    """Templates of `task`, or of all tasks but those whose templates do not load.

    Raises PromptError for a `task` of a third party whose file breaks the rules or does not load.
    """
    if task:
        if task in _built_in() or task not in _points():
            return _built_in().get(task, ())
        found = _third_party(task)
        if isinstance(found, PromptError):
            raise found
        return found
    return _all()


@cache
def _all() -> tuple[Template, ...]:
    foreign = (_third_party(name) for name in _points())
    groups = (*_built_in().values(), *(found for found in foreign if not isinstance(found, PromptError)))
    return tuple(template for group in groups for template in group)


@cache
def _built_in() -> dict[str, tuple[Template, ...]]:
    """This package's templates by task."""
    folder = files("encode.prompts").joinpath("templates")
    found: dict[str, tuple[Template, ...]] = {}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            for template in _load(file.name, file.read_text("utf-8")):
                found[template.task] = (*found.get(template.task, ()), template)
    return found


@cache
def _points() -> dict[str, EntryPoint]:
    points = sorted(entry_points(group=TEMPLATE_GROUP), key=lambda point: point.name)
    return {point.name: point for point in points}


@cache
def _third_party(name: str) -> tuple[Template, ...] | PromptError:
    """The templates of an entry point, or why there are none: code that fails once is not run again."""
    try:
        return tuple(_load_point(_points()[name], set(_built_in())))
    except PromptError as error:
        return error


def choose_template(
    rng: np.random.Generator, task: str, split: str, accept: Callable[[Template], bool] = lambda _: True
) -> Template:
    """Return one of the templates of `task` and `split` that `accept` takes; raises PromptError if there are none."""
    if split not in SPLITS:
        raise PromptError("split", f"one of {', '.join(SPLITS)}", repr(split))
    fitting = [template for template in templates(task) if template.split == split and accept(template)]
    if not fitting:
        raise PromptError(f"templates of {task}, split {split}", "at least one that fits", "none")
    return choice(rng, fitting)


def _load_point(point: EntryPoint, built_in: set[str]) -> list[Template]:
    where = f"entry point {point.name} of {TEMPLATE_GROUP}"
    text: Any = call_guarded(point.load, where, "templates that load", PromptError)
    if not isinstance(text, str):
        raise PromptError(where, "the text of a TOML file", type(text).__name__)
    try:
        found = _load(where, text)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError, RecursionError, re.error) as error:
        raise PromptError(where, "the keys of docs/add-a-task.md", f"{type(error).__name__}: {error}") from error
    tasks = {template.task for template in found}
    if tasks != {point.name} or tasks & built_in:
        raise PromptError(where, "templates of a task of that name, none of this package's", ", ".join(sorted(tasks)))
    return found


def _load(name: str, text: str) -> list[Template]:
    data = tomllib.loads(text)
    found = []
    for number, entry in enumerate(data["template"], start=1):
        tree = parse_template(entry["text"])
        regex = re.compile(template_pattern(tree, _SLOTS))
        if entry["split"] not in SPLITS or entry["voice"] not in ("imperative", "declarative"):
            raise PromptError(f"{name}, template {number}", "a known split and voice", repr(entry))
        template_id = f"{data['task']}-{number:02d}"
        codec = entry.get("codec", data["codec"])
        found.append(
            Template(
                id=template_id,
                task=data["task"],
                codec=codec,
                split=entry["split"],
                voice=entry["voice"],
                text=entry["text"],
                tree=tree,
                slots=slot_names(tree),
                regex=regex,
            )
        )
    return found
