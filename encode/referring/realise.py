"""From a structured expression to English.

A noun phrase is built as determiner, what stands before the noun, the noun, and what follows it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from encode.draw import pick
from encode.frame import Category
from encode.referring.language import Except, Expression, Node, Objects, Rank, Relation, Selection, Side, Without
from encode.referring.words import AFTER_NOUN, BEFORE_NOUN, EXCEPT, ORDINALS, RELATION_WORDS, SIDES

__all__ = ["realise"]


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
    categories: Mapping[str, Category]
    #: One noun for each category throughout: "the red mug and the other cups" sounds like cups that are no mugs.
    nouns: Mapping[str, str]

    def words(self, node: Node, plural: bool, noun: str = "") -> _Words:
        """Words of a node; `noun` stands in for the category's own ("the red one")."""
        match node:
            case Objects():
                before = tuple(word for word in (node.size, node.color, node.material) if word)
                return _Words(before, noun or self.noun(node.category, plural))
            case Without():
                return self.after(self.words(node.of, plural, noun), self.negation(node, plural))
            case Side():
                return self.after(self.words(node.of, plural, noun), pick(self.rng, SIDES[node.side]))
            case Rank():
                return self.ranked(node, plural, noun)
            case Relation():
                return self.related(node, plural, noun)
            case Except():
                words = self.words(node.of, plural, noun)
                return self.after(words, pick(self.rng, EXCEPT) + " " + self.exception(node))

    def noun(self, category: str, plural: bool) -> str:
        if not category:
            return "objects" if plural else pick(self.rng, ("object", "object", "thing"))
        return self.categories[category].plural if plural else self.nouns[category]

    def after(self, words: _Words, text: str) -> _Words:
        return replace(words, after=(*words.after, text))

    def negation(self, node: Without, plural: bool) -> str:
        be = "are" if plural else "is"
        word = node.color or f"made of {node.material}"
        return f"that {be} not {word}"

    def ranked(self, node: Rank, plural: bool, noun: str) -> _Words:
        words = self.words(node.of, plural, noun)
        order = node.by, node.end
        if node.place == 1:
            # After a tail like "on the table" the front is the only place where it reads well.
            if words.after or order not in AFTER_NOUN or self.rng.random() < 0.6:
                return replace(words, before=(pick(self.rng, BEFORE_NOUN[order]), *words.before))
            return self.after(words, pick(self.rng, AFTER_NOUN[order]))
        ordinal = ORDINALS[node.place]
        if node.by == "x":
            edge = "left" if node.end == "low" else "right"
            return self.after(replace(words, before=(ordinal, *words.before)), f"from the {edge}")
        return replace(words, before=(ordinal, pick(self.rng, BEFORE_NOUN[order]), *words.before))

    def related(self, node: Relation, plural: bool, noun: str) -> _Words:
        link = pick(self.rng, RELATION_WORDS[node.relation]).format(be="are" if plural else "is")
        anchors = " and ".join(f"the {self.words(anchor, False).text()}" for anchor in node.anchors)
        return self.after(self.words(node.of, plural, noun), f"{link} {anchors}")

    def exception(self, node: Except) -> str:
        return f"the {self.words(node.minus, False, noun='one').text()}"

    def selection(self, target: Selection, count: int) -> str:
        if target.pick == "one":
            return f"the {self.words(target.of, False).text()}"
        forms = ["all the", "all", "every", "the"]
        if isinstance(target.of, Except):
            forms = ["all the", "all", "every"]  # "the mugs except the red one" reads like a slip
        elif count == 2:
            forms = ["both", "both of the", "the"]
        determiner = pick(self.rng, forms)
        return f"{determiner} {self.words(target.of, determiner != 'every').text()}"


def realise(
    rng: np.random.Generator, expression: Expression, counts: tuple[int, ...], categories: Mapping[str, Category]
) -> tuple[str, ...]:
    """One phrase per target, each with its article.

    counts: how many things each target picks. categories: by name; their synonyms must name no other category.
    """
    nouns = {name: _noun(rng, category, plurals=max(counts) > 1) for name, category in sorted(categories.items())}
    speaker = _Speaker(rng, categories, nouns)
    first = expression.targets[0]
    phrases = [speaker.selection(first, counts[0])]
    for target, count in zip(expression.targets[1:], counts[1:], strict=True):
        if isinstance(target.of, Except) and target.of.minus == first.of:
            noun = speaker.words(target.of.of, count > 1).text()
            phrases.append(f"{pick(rng, ('the other', 'all the other') if count > 2 else ('the other',))} {noun}")
        else:
            phrases.append(speaker.selection(target, count))
    return tuple(phrases)


def _noun(rng: np.random.Generator, category: Category, *, plurals: bool) -> str:
    """The category's name, or a synonym now and then; beside plurals, which only names have, always the name."""
    return category.name if plurals else pick(rng, (category.name,) * 3 + category.synonyms)
