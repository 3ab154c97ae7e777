"""The prompt templates of every task: those of `templates/*.toml`, and third parties' by entry point."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import EntryPoint
from importlib.resources import files
from typing import Any

import numpy as np

from encode.colors.notation import COLOR_PATTERN
from encode.draw import choice
from encode.edges.kinds import COLOR_SLOTS
from encode.entry_points import call_guarded, entry_points_of
from encode.errors import PromptError
from encode.keypoints.skeleton import LIMB_GROUPINGS
from encode.keypoints.words import HIDDEN_WORDS
from encode.prompts.grammar import (
    SequenceNode,
    expand_fragments,
    fixed_texts,
    holds_in_order,
    parse_template,
    slot_names,
    template_pattern,
    write_prompt,
)
from encode.prompts.legend import LABEL_SET_NAMES, PHRASE_PATTERN
from encode.prompts.marks import CANVASES, EXCLUDED, MARK_KINDS
from encode.prompts.text_legend import TEXT_FORM
from encode.prompts.thing_colors import THING_COLORS_PATTERN

__all__ = ["SPLITS", "TEMPLATE_GROUP", "Template", "choose_template", "templates"]

#: The entry-point group of templates: the entry point has the task's name and loads the text of a TOML file.
TEMPLATE_GROUP = "verichrome.templates"

#: Disjoint sets of templates: for tuning a model, and for measuring it on other wording.
SPLITS = ("train", "heldout")

_VOICES = ("imperative", "declarative")

_LIMB = "(?:" + "|".join(word for grouping in LIMB_GROUPINGS for word in grouping) + f") in {COLOR_PATTERN}"

#: What each slot may hold; the readers of the slots are stricter.
_SLOTS = {
    "legend": r"(?:.|\n)+?",
    "sentence": r".+?",
    "statements": r"the .+?",
    "namings": r"the .+?",
    "background": COLOR_PATTERN,
    "color": COLOR_PATTERN,
    # Exact, since two loose slots in one template would be tried at every pair of positions.
    "colors": rf"{COLOR_PATTERN}(?:(?:, and | and |, ){COLOR_PATTERN})*",
    "noun": r"[A-Za-z][A-Za-z0-9' \-]*?",
    "plural": r"[A-Za-z][A-Za-z0-9' \-]*?",
    "palette": r"(?i:plasma|inferno|viridis|gray)",
    "low": r"\d{1,9}(?:\.\d{1,9})?",
    "high": r"\d{1,9}(?:\.\d{1,9})?",
    "width": r"[1-9]\d{0,2}",
    "radius": r"[1-9]\d{0,2}",
    "corners": r"red [a-z0-9., ]+ m",
    "targets": r".+?",
    "phrase": PHRASE_PATTERN,
    "label_set": "|".join(LABEL_SET_NAMES),
    "question": r"[A-Z][A-Za-z0-9',;:.?!\- ]*\?",
    "people": PHRASE_PATTERN,
    "shown": "|".join(words for both in HIDDEN_WORDS.values() for words in both),
    "limbs": rf"{_LIMB}(?:(?:, and | and |, ){_LIMB})*",
    **dict.fromkeys(COLOR_SLOTS, COLOR_PATTERN),
    "things": THING_COLORS_PATTERN,
    "classes": r"[A-Za-z0-9][A-Za-z0-9' \-]*?(?:, [A-Za-z0-9][A-Za-z0-9' \-]*?)*",
    "form": re.escape(TEXT_FORM),
    "wanted": r"(?:what|whatever|whoever|anything|everything) [A-Za-z0-9' ,\-]+?",
    "canvas": "|".join(words for splits in CANVASES.values() for phrases in splits.values() for words in phrases),
    **dict.fromkeys((*MARK_KINDS, EXCLUDED), COLOR_PATTERN),
}


@dataclass(frozen=True)
class Template:
    """One prompt template.

    codec: which of the task's codecs its words describe. text: as the file has it, with fragments expanded. tree: the
    text parsed. slots: names of the slots. pattern: the regular expression of all that it can write.
    """

    id: str
    task: str
    codec: str
    split: str
    voice: str
    text: str
    tree: SequenceNode
    slots: frozenset[str]
    pattern: str

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    @cached_property
    def _fixed(self) -> tuple[str, ...]:
        """What it always writes, in order."""
        return fixed_texts(self.tree)

    @cached_property
    def _longest(self) -> str:
        """The longest of these, which few other templates write."""
        return max(self._fixed, key=len, default="")

    def match(self, text: str) -> re.Match[str] | None:
        """How the template writes `text`, with a named group for each slot; None where it cannot."""
        # Most are ruled out by the words that they always have: all patterns take half a second to compile.
        if self._longest in text and holds_in_order(text, self._fixed):
            return self._regex.fullmatch(text)
        return None

    def write(self, rng: np.random.Generator, values: Mapping[str, str] | None = None) -> str:
        """Write a prompt, its choices by `rng`, its slots from `values`; raises PromptError for a slot without one."""
        return write_prompt(self.tree, rng, values or {})


def templates(task: str = "") -> tuple[Template, ...]:
    """Return the templates of `task`, or of all tasks but those whose templates do not load.

    Raises PromptError for a `task` of a third party whose file breaks the rules or does not load.
    """
    if not task:
        return _all_templates()
    if task in _built_in() or task not in entry_points_of(TEMPLATE_GROUP):
        return _built_in().get(task, ())
    loaded = _third_party(task)
    if isinstance(loaded, PromptError):
        raise loaded
    return loaded


def choose_template(
    rng: np.random.Generator, task: str, split: str, accept: Callable[[Template], bool] = lambda _: True
) -> Template:
    """Draw one of the templates of `task` and `split` that `accept` takes; raises PromptError if there are none."""
    if split not in SPLITS:
        raise PromptError("split", f"one of {', '.join(SPLITS)}", repr(split))
    fitting = [template for template in templates(task) if template.split == split and accept(template)]
    if not fitting:
        raise PromptError(f"templates of {task}, split {split}", "at least one that fits", "none")
    return choice(rng, fitting)


@cache
def _all_templates() -> tuple[Template, ...]:
    third_parties = (_third_party(name) for name in entry_points_of(TEMPLATE_GROUP))
    groups = (*_built_in().values(), *(group for group in third_parties if not isinstance(group, PromptError)))
    return tuple(template for group in groups for template in group)


@cache
def _built_in() -> dict[str, tuple[Template, ...]]:
    """This package's templates by task."""
    by_task: dict[str, tuple[Template, ...]] = {}
    for file in sorted(files("encode.prompts").joinpath("templates").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            for template in _read_file(file.name, file.read_text("utf-8")):
                by_task[template.task] = (*by_task.get(template.task, ()), template)
    return by_task


@cache
def _third_party(name: str) -> tuple[Template, ...] | PromptError:
    """The templates of an entry point, or why they cannot be used: code that fails once is not run again."""
    try:
        return tuple(_load_entry_point(entry_points_of(TEMPLATE_GROUP)[name]))
    except PromptError as error:
        return error


def _load_entry_point(point: EntryPoint) -> list[Template]:
    where = f"entry point {point.name} of {TEMPLATE_GROUP}"
    text: Any = call_guarded(point.load, where, "templates that load", PromptError)
    if not isinstance(text, str):
        raise PromptError(where, "the text of a TOML file", type(text).__name__)
    try:
        loaded = _read_file(where, text)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise PromptError(where, "the keys of docs/add-a-task.md", f"{type(error).__name__}: {error}") from error
    tasks = {template.task for template in loaded}
    if tasks != {point.name} or point.name in _built_in():
        raise PromptError(where, "templates of a task of that name, none of this package's", ", ".join(sorted(tasks)))
    return loaded


def _read_file(name: str, text: str) -> list[Template]:
    """Templates of the TOML text of a file; `name` is used in messages."""
    data = tomllib.loads(text)
    loaded = []
    fragments: dict[str, str] = {}
    for fragment, words in data.get("fragments", {}).items():
        fragments[fragment] = expand_fragments(words, fragments)
    for i, table in enumerate(data["template"], start=1):
        if table["split"] not in SPLITS or table["voice"] not in _VOICES:
            raise PromptError(f"{name}, template {i}", "a known split and voice", repr(table))
        expanded = expand_fragments(table["text"], fragments)
        tree = parse_template(expanded)
        loaded.append(
            Template(
                id=f"{data['task']}-{i:02d}",
                task=data["task"],
                codec=table.get("codec", data["codec"]),
                split=table["split"],
                voice=table["voice"],
                text=expanded,
                tree=tree,
                slots=slot_names(tree),
                pattern=template_pattern(tree, _SLOTS),
            )
        )
    return loaded
