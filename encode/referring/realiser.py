"""From a structured expression to English.

A noun phrase is built as determiner, premodifiers, noun and postmodifiers.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

import numpy as np

from encode.draw import choice
from encode.frame import CategoryRecord
from encode.referring.groups import CROWD, GROUPS
from encode.referring.language import Except, Expression, Node, Objects, Rank, Relation, Selection, Side, Without
from encode.referring.words import AFTER_NOUN, BEFORE_NOUN, EXCEPT, ORDINALS, RELATION_WORDS, SIDES, made_of, says

__all__ = ["realise"]

# How often "all objects on the table" are called "everything on the table".
_EVERYTHING_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class _Words:
    before: tuple[str, ...]
    noun: str
    after: tuple[str, ...] = ()

    def text(self) -> str:
        return " ".join((*self.before, self.noun, *self.after))


@dataclass(frozen=True, slots=True)
class _Speaker:
    rng: np.random.Generator
    categories: Mapping[str, CategoryRecord]
    #: One noun for each category throughout: "the red mug and the other cups" sounds like cups that are not mugs.
    nouns: Mapping[str, str]

    def words(self, node: Node, plural: bool, noun: str = "") -> _Words:
        """Words of a node; `noun` replaces the category's own ("the red one")."""
        match node:
            case Objects():
                before = tuple(word for word in (node.size, node.color, made_of(node.material)) if word)
                return _Words(before, noun or self.noun(node.category, plural))
            case Without():
                return self.after(self.words(node.of, plural, noun), self.negation(node, plural))
            case Side():
                return self.after(self.words(node.of, plural, noun), choice(self.rng, SIDES[node.side]))
            case Rank():
                return self.ranked(node, plural, noun)
            case Relation():
                return self.related(node, plural, noun)
            case Except():
                words = self.words(node.of, plural, noun)
                return self.after(words, choice(self.rng, EXCEPT) + " " + self.exception(node))

    def noun(self, category: str, plural: bool) -> str:
        if not category:
            return "objects" if plural else choice(self.rng, ("object", "object", "thing"))
        return self.categories[category].plural if plural else self.nouns[category]

    def after(self, words: _Words, text: str) -> _Words:
        return replace(words, after=(*words.after, text))

    def negation(self, node: Without, plural: bool) -> str:
        word = node.color or f"made of {node.material}"
        return f"that {self.be(node, plural)} not {word}"

    def be(self, node: Node, plural: bool) -> str:
        """The verb: headphones are, one pair or many."""
        category = self.categories.get(_category(node))
        return "are" if plural or (category and category.plural == self.nouns[category.name]) else "is"

    def ranked(self, node: Rank, plural: bool, noun: str) -> _Words:
        words = self.words(node.of, plural, noun)
        order = node.by, node.end
        if node.place == 1:
            # After a tail like "on the table" the front is the only place where it reads well.
            if words.after or order not in AFTER_NOUN or self.rng.random() < 0.6:
                return replace(words, before=(choice(self.rng, BEFORE_NOUN[order]), *words.before))
            return self.after(words, choice(self.rng, self.unmistaken(AFTER_NOUN[order])))
        ordinal = ORDINALS[node.place]
        if node.by == "x":
            edge = "left" if node.end == "low" else "right"
            return self.after(replace(words, before=(ordinal, *words.before)), f"from the {edge}")
        return replace(words, before=(ordinal, choice(self.rng, BEFORE_NOUN[order]), *words.before))

    def unmistaken(self, phrases: Sequence[str]) -> list[str]:
        """Phrases without a noun that names an object: "closest to the camera" is open where a camera is seen."""
        return [phrase for phrase in phrases if not says(phrase, self.categories)]

    def related(self, node: Relation, plural: bool, noun: str) -> _Words:
        link = choice(self.rng, RELATION_WORDS[node.relation]).format(be=self.be(node.of, plural))
        anchors = " and ".join(f"the {self.words(anchor, False).text()}" for anchor in node.anchors)
        return self.after(self.words(node.of, plural, noun), f"{link} {anchors}")

    def exception(self, node: Except) -> str:
        return f"the {self.words(node.minus, False, noun='one').text()}"

    def group(self, name: str, count: int) -> str:
        words = [word for word in GROUPS[name].words if word != "crowd" or count >= CROWD]
        word = choice(self.rng, words)
        return f"{'the' if word == 'crowd' else choice(self.rng, ('the', 'all the'))} {word}"

    def selection(self, target: Selection, count: int) -> str:
        if target.pick != "all":
            return f"the {self.words(target.of, False).text()}"
        if isinstance(target.of, Objects) and target.of.group:
            return self.group(target.of.group, count)
        if isinstance(target.of, Relation) and target.of.of == Objects() and self.rng.random() < _EVERYTHING_SHARE:
            return self.related(target.of, False, "everything").text()
        forms = ["all the", "all", "every", "the"]
        if isinstance(target.of, Except):
            forms = ["all the", "all", "every"]  # "the mugs except the red one" reads like a mistake
        elif count == 2:
            forms = ["both", "both of the", "the"]
        category = self.categories.get(_category(target.of))
        if category and category.plural == category.name:
            forms = [form for form in forms if form != "every"]  # "every headphones"
        determiner = choice(self.rng, forms)
        return f"{determiner} {self.words(target.of, determiner != 'every').text()}"


def realise(
    rng: np.random.Generator, expression: Expression, counts: tuple[int, ...], categories: Mapping[str, CategoryRecord]
) -> tuple[str, ...]:
    """One phrase per target, each with its article.

    counts: how many objects each target picks. categories: by name; their synonyms must name no other category.
    """
    adjectives = _adjectives(expression)
    nouns = {
        name: _noun(rng, category, adjectives, plurals=max(counts) > 1) for name, category in sorted(categories.items())
    }
    speaker = _Speaker(rng, categories, nouns)
    first = expression.targets[0]
    phrases = [speaker.selection(first, counts[0])]
    for target, count in zip(expression.targets[1:], counts[1:], strict=True):
        if isinstance(target.of, Except) and target.of.minus == first.of:
            noun = speaker.words(target.of.of, count > 1).text()
            phrases.append(f"{choice(rng, ('the other', 'all the other') if count > 2 else ('the other',))} {noun}")
        else:
            phrases.append(speaker.selection(target, count))
    return tuple(phrases)


def _noun(rng: np.random.Generator, category: CategoryRecord, adjectives: Set[str], *, plurals: bool) -> str:
    """The category's name, or a synonym now and then; beside plurals, which only names have, always the name.

    adjectives: no synonym repeats one ("the wax wax candle").
    """
    synonyms = tuple(word for word in category.synonyms if not adjectives & set(word.split()))
    return category.name if plurals else choice(rng, (category.name,) * 3 + synonyms)


def _category(node: Node) -> str:
    while not isinstance(node, Objects):
        node = node.of
    return node.category


def _adjectives(part: Any) -> frozenset[str]:
    """Words of all attributes anywhere in an expression."""
    if isinstance(part, Objects):
        return frozenset(f"{part.size} {part.color} {part.material} {made_of(part.material)}".split())
    if isinstance(part, tuple):
        return frozenset().union(*(_adjectives(entry) for entry in part))
    if is_dataclass(part):
        return frozenset().union(*(_adjectives(getattr(part, field.name)) for field in fields(part)))
    return frozenset()
