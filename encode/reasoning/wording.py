"""How questions are worded: the files of `questions/`, written and read back by one grammar."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from encode.draw import choice
from encode.frame import CategoryRecord
from encode.prompts.grammar import SequenceNode, parse_template, slot_names, template_pattern, write_prompt
from encode.prompts.template import SPLITS
from encode.reasoning.language import StructuredQuestion

__all__ = ["Wording", "asks_of", "predicates", "readings", "wordings", "write_wording"]

# A noun in a wording; which category it names is for the frame's categories to say.
_NOUN = r"[A-Za-z0-9][A-Za-z0-9' \-]*?"


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to ask.

    ask: the kind, "" for a frame, which takes any kind with predicates. split: `heldout` too where the whole kind is
    held out. negated, rank: what a frame asks beyond the kind. slots: names of its gaps.
    """

    ask: str
    split: str
    text: str
    tree: SequenceNode
    slots: frozenset[str]
    negated: bool = False
    rank: str = ""

    def fits(self, question: StructuredQuestion) -> bool:
        """Return whether it can ask this question."""
        if self.ask not in ("", question.ask) or (self.negated, self.rank) != (question.negated, question.rank):
            return False
        if not self.ask and question.ask not in predicates():
            return False
        return bool(self.slots & {"anchor", "plural"}) == bool(question.anchor)

    def split_for(self, ask: str) -> str:
        """Return the split of questions of a kind in this wording: a kind that is held out is so in every frame."""
        return "heldout" if ask in _held_out() else self.split


@cache
def wordings() -> tuple[Wording, ...]:
    """Return all wordings of all kinds, and the frames."""
    tables = [table for name in ("uses", "arrangements") for table in _load(name)["kind"]]
    return tuple(
        _wording(table, split, text)
        for table in [*tables, *_load("frames")["frame"]]
        for split in SPLITS
        for text in table.get(split, ())
    )


@cache
def predicates() -> Mapping[str, tuple[str, ...]]:
    """Return, for each kind that frames can ask, how they go on after "what"."""
    return {table["ask"]: tuple(table["can"]) for table in _load("uses")["kind"]}


@cache
def asks_of(split: str) -> tuple[str, ...]:
    """Return the kinds of a split: all for `heldout`, which has held-out wordings of the kinds of `train` as well."""
    names = dict.fromkeys(wording.ask for wording in wordings() if wording.ask)
    return tuple(name for name in names if split == "heldout" or name not in _held_out())


def write_wording(
    wording: Wording, rng: np.random.Generator, question: StructuredQuestion, categories: Mapping[str, CategoryRecord]
) -> str:
    """Write a question. categories: by name, with those synonyms that name nothing else in the frame."""
    values = {}
    if "anchor" in wording.slots:
        values["anchor"] = _noun(rng, categories[question.anchor])
    if "near" in wording.slots:
        values["near"] = _noun(rng, categories[question.near])
    if "plural" in wording.slots:
        values["plural"] = categories[question.anchor].plural
    if wording.slots & {"can", "cannot"}:
        can = choice(rng, predicates()[question.ask])
        values |= {"can": can, "cannot": _negated(can)}
    return write_prompt(wording.tree, rng, values)


def readings(text: str, categories: Mapping[str, CategoryRecord]) -> dict[StructuredQuestion, str]:
    """Return every question that a text asks, with its split; {} where no wording gives the text.

    categories: as for `write_wording`.
    """
    nouns = {word: c.name for c in categories.values() for word in (*c.synonyms, c.name)}
    plurals = {c.plural: c.name for c in categories.values()}
    found = {}
    for wording, pattern in _patterns():
        match = pattern.fullmatch(text)
        question = _read(wording, match.groupdict(), nouns, plurals) if match else None
        if question is not None:
            found[question] = wording.split_for(question.ask)
    return found


def _read(
    wording: Wording, values: Mapping[str, str], nouns: Mapping[str, str], plurals: Mapping[str, str]
) -> StructuredQuestion | None:
    ask = wording.ask or _asks_by_predicate()[values.get("can") or values["cannot"]]
    anchor = nouns.get(values["anchor"]) if "anchor" in values else ""
    anchor = plurals.get(values["plural"]) if "plural" in values else anchor
    near = nouns.get(values["near"]) if "near" in values else ""
    if anchor is None or near is None:
        return None
    return StructuredQuestion(ask, anchor, wording.negated, wording.rank, near)


@cache
def _patterns() -> tuple[tuple[Wording, re.Pattern[str]], ...]:
    can = [text for texts in predicates().values() for text in texts]
    slots = {
        **dict.fromkeys(("anchor", "near", "plural"), _NOUN),
        "can": "|".join(map(re.escape, can)),
        "cannot": "|".join(re.escape(_negated(text)) for text in can),
    }
    return tuple((wording, re.compile(template_pattern(wording.tree, slots))) for wording in wordings())


@cache
def _asks_by_predicate() -> Mapping[str, str]:
    both = {text: ask for ask, texts in predicates().items() for text in texts}
    return both | {_negated(text): ask for text, ask in both.items()}


@cache
def _held_out() -> frozenset[str]:
    """The kinds that are held out whole: those without a wording for training."""
    trained = {wording.ask for wording in wordings() if wording.split == "train"}
    return frozenset(wording.ask for wording in wordings()) - trained


def _noun(rng: np.random.Generator, category: CategoryRecord) -> str:
    return choice(rng, (category.name,) * 3 + category.synonyms)


def _negated(can: str) -> str:
    """The predicate, which begins with a modal verb, with "not" after it."""
    modal, _, rest = can.partition(" ")
    return f"{modal} not {rest}"


def _wording(table: Mapping[str, Any], split: str, text: str) -> Wording:
    tree = parse_template(text)
    return Wording(
        table.get("ask", ""), split, text, tree, slot_names(tree), table.get("not", False), table.get("rank", "")
    )


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(files("encode.reasoning").joinpath("questions", f"{name}.toml").read_text("utf-8"))
