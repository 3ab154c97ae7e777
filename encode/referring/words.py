"""English words of orders, sides and relations, and whether a phrase expresses a node of an expression."""

import re
from collections.abc import Iterable, Mapping

from encode.referring.groups import GROUPS
from encode.referring.language import Except, Node, Objects, Rank, Relation, Side, Without

__all__ = [
    "AFTER_NOUN",
    "BEFORE_NOUN",
    "EXCEPT",
    "ORDINALS",
    "RELATION_WORDS",
    "SIDES",
    "made_of",
    "says",
    "unsaid_words",
]

BEFORE_NOUN: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("x", "low"): ("leftmost",),
    ("x", "high"): ("rightmost",),
    ("y", "low"): ("topmost",),
    ("y", "high"): ("bottommost",),
    ("depth", "low"): ("nearest", "closest"),
    ("depth", "high"): ("farthest", "most distant"),
    ("size", "low"): ("smallest",),
    ("size", "high"): ("largest", "biggest"),
}
AFTER_NOUN: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("x", "low"): ("farthest to the left", "closest to the left edge"),
    ("x", "high"): ("farthest to the right", "closest to the right edge"),
    ("y", "low"): ("nearest the top of the image", "highest up in the image"),
    ("y", "high"): ("nearest the bottom of the image", "lowest in the image"),
    ("depth", "low"): ("closest to the camera", "nearest to the viewer", "closest to the viewer"),
    ("depth", "high"): ("farthest from the camera", "farthest away", "farthest from the viewer"),
}
ORDINALS = ("", "", "second", "third", "fourth", "fifth", "sixth")
SIDES: Mapping[str, tuple[str, ...]] = {
    "left": ("on the left", "on the left side", "on the left side of the image"),
    "right": ("on the right", "on the right side", "on the right side of the image"),
    "top": ("at the top", "in the upper part of the image", "near the top of the image"),
    "bottom": ("at the bottom", "in the lower part of the image", "near the bottom of the image"),
}
RELATION_WORDS: Mapping[str, tuple[str, ...]] = {
    "on": ("on", "on top of", "that {be} on"),
    "in": ("in", "inside", "that {be} in"),
    "under": ("under", "underneath", "that {be} under"),
    "left_of": ("to the left of", "left of", "that {be} to the left of"),
    "right_of": ("to the right of", "right of", "that {be} to the right of"),
    "in_front_of": ("in front of", "that {be} in front of"),
    "behind": ("behind", "that {be} behind"),
    "next_to": ("next to", "beside", "right next to", "that {be} next to"),
    "between": ("between", "that {be} between"),
}
EXCEPT = ("except", "except for")

_ADJECTIVES: Mapping[str, str] = {"wood": "wooden"}


def made_of(material: str) -> str:
    """The material as a word before a noun."""
    return _ADJECTIVES.get(material, material)


def says(phrase: str, words: Iterable[str]) -> bool:
    """Whether any of `words` is in the phrase, as whole words."""
    return any(re.search(rf"\b{re.escape(word)}\b", phrase) for word in words)


def unsaid_words(phrase: str, node: Node) -> list[tuple[str, ...]]:
    """Groups of words of this node (not of those in it) of which the phrase has none."""
    return [group for group in _meaning(node) if not says(phrase, group)]


def _meaning(node: Node) -> list[tuple[str, ...]]:
    match node:
        case Objects():
            words = GROUPS[node.group].words if node.group else ("",)
            groups = ((node.color,), (node.material, made_of(node.material)), (node.size,), words)
            return [group for group in groups if group[0]]
        case Without():
            return [("not",), *((word,) for word in (node.color, node.material) if word)]
        case Side():
            return [SIDES[node.side]]
        case Except():
            return [EXCEPT]
        case Relation():
            return [tuple(word.removeprefix("that {be} ") for word in RELATION_WORDS[node.relation])]
        case Rank():
            return _rank_meaning(node)


def _rank_meaning(node: Rank) -> list[tuple[str, ...]]:
    order = node.by, node.end
    if node.place == 1:
        return [(*BEFORE_NOUN[order], *AFTER_NOUN.get(order, ()))]
    if node.by == "x":
        return [(ORDINALS[node.place],), (f"from the {'left' if node.end == 'low' else 'right'}",)]
    return [(ORDINALS[node.place],), BEFORE_NOUN[order]]
