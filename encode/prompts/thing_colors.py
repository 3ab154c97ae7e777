"""The colours that the instances of each class may take, as prompts list them: each style written and read by one rule.

`mug: (255, 0, 0), (0, 0, 255); box: (0, 255, 0)`
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from encode.colors.notation import COLOR_PATTERN, read_color
from encode.errors import PromptError
from encode.pair import RGB
from encode.reading.short_text import short_repr

__all__ = ["THING_COLORS_PATTERN", "THING_STYLES", "ThingStyle", "read_thing_colors"]

_LABEL = r"(?!(?:the|all|every|both|everything) )[A-Za-z0-9][A-Za-z0-9' \-]*?"


@dataclass(frozen=True, slots=True)
class ThingStyle:
    """One way to list the colours of classes. pair: holds `{label}` and `{colors}`; the joiners stand between them."""

    name: str
    opening: str
    pair: str
    color_joiner: str
    joiner: str
    closing: str

    def write(self, entries: Sequence[tuple[str, Sequence[str]]]) -> str:
        """Write (label, texts of its colours) entries."""
        pairs = (self.pair.format(label=label, colors=self.color_joiner.join(colors)) for label, colors in entries)
        return self.opening + self.joiner.join(pairs) + self.closing

    def read(self, text: str) -> list[tuple[str, tuple[RGB, ...]]] | None:
        """Read entries back; None where `text` is not of this style."""
        if not re.fullmatch(self.pattern, text):
            return None
        body = text[len(self.opening) : len(text) - len(self.closing)]
        named = self._pair_pattern(rf"(?P<label>{_LABEL})", rf"(?P<colors>{self._colors_pattern})")
        return [
            (match["label"], tuple(read_color(color) for color in re.findall(COLOR_PATTERN, match["colors"])))
            for match in re.finditer(rf"{named}(?:{re.escape(self.joiner)}|\Z)", body)
        ]

    @property
    def pattern(self) -> str:
        """Matches all that the style can write; holds no capturing group."""
        pair = self._pair_pattern(rf"(?:{_LABEL})", self._colors_pattern)
        return rf"{re.escape(self.opening)}{pair}(?:{re.escape(self.joiner)}{pair})*{re.escape(self.closing)}"

    @property
    def _colors_pattern(self) -> str:
        return rf"(?:{COLOR_PATTERN}(?:{re.escape(self.color_joiner)}{COLOR_PATTERN})*)"

    def _pair_pattern(self, label: str, colors: str) -> str:
        pattern = re.escape(self.pair)
        for name, group in (("label", label), ("colors", colors)):
            pattern = pattern.replace(re.escape("{" + name + "}"), group)
        return pattern


THING_STYLES = (
    ThingStyle("colons", "", "{label}: {colors}", ", ", "; ", ""),
    ThingStyle("from", "", "{label} from {colors}", ", ", "; ", ""),
    ThingStyle("slashes", "", "{label} in {colors}", " / ", "; ", ""),
    ThingStyle("json", "{", '"{label}": [{colors}]', ", ", ", ", "}"),
)


def _any(texts: Iterable[str]) -> str:
    return "|".join(sorted({re.escape(text) for text in texts}, key=len, reverse=True))


def _slot_pattern() -> str:
    """Matches all that any style writes, and mixes of them: one pattern of colours compiles faster than one a style."""
    heads, tails = zip(*(re.split(r"\{label\}|\{colors\}", style.pair)[:2] for style in THING_STYLES), strict=True)
    ends = (style.pair.rpartition("{colors}")[2] for style in THING_STYLES)
    joiners = _any(style.color_joiner for style in THING_STYLES)
    colors = rf"(?:{COLOR_PATTERN})(?:(?:{joiners})(?:{COLOR_PATTERN}))*"
    pair = rf"(?:{_any(heads)}){_LABEL}(?:{_any(tails)}){colors}(?:{_any(ends)})"
    openings, closings = (_any(getattr(style, name) for style in THING_STYLES) for name in ("opening", "closing"))
    joints = _any(style.joiner for style in THING_STYLES)
    return rf"(?:{openings}){pair}(?:(?:{joints}){pair})*(?:{closings})"


#: What a slot may hold; the styles are stricter.
THING_COLORS_PATTERN = _slot_pattern()


def read_thing_colors(text: str) -> list[tuple[str, tuple[RGB, ...]]]:
    """Read the classes and their colours in whichever style they are written; raises PromptError if in none."""
    for style in THING_STYLES:
        entries = style.read(text)
        if entries is not None:
            return entries
    known = ", ".join(style.name for style in THING_STYLES)
    raise PromptError("colours of things", f"one of the styles {known}", short_repr(text))
