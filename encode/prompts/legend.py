"""Legends: the styles in which prompts list which label has which colour, each written and read by one definition."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from encode.colors.notation import COLOR_PATTERN, read_color
from encode.errors import PromptError
from encode.pair import BACKGROUND, RGB
from encode.reading.short_text import short_repr

__all__ = [
    "LABEL_SET_NAMES",
    "LEGEND_SLOTS",
    "LIST_STYLES",
    "NAMING_STYLES",
    "PHRASE_PATTERN",
    "SENTENCE_STYLES",
    "STATEMENT_STYLES",
    "LegendStyle",
    "is_label",
    "join_words",
    "read_legend",
    "split_words",
]

#: Standard label sets, as prompts write them; their classes are in tables/label_sets.toml.
LABEL_SET_NAMES = ("COCO", "ADE20K", "Cityscapes", "NYU40")

# A class name. What starts with an article or a quantifier is a referring phrase, except "the background".
_LABEL = r"(?:the background|(?!(?:the|all|every|both|everything) )[A-Za-z0-9][A-Za-z0-9' \-]*?)"

#: A phrase that refers to objects: no comma, no sign of a colour notation.
PHRASE_PATTERN = r"(?:the|all|every|both|everything) [A-Za-z0-9' \-]+?"


def is_label(word: str) -> bool:
    """Return whether a prompt with this class name can be read back: no comma, slash or article ("the open sky")."""
    return re.fullmatch(_LABEL, word) is not None and word != BACKGROUND and not re.fullmatch(COLOR_PATTERN, word)


@dataclass(frozen=True, slots=True)
class LegendStyle:
    """One way to write a legend.

    pair: holds `{label}` and `{color}`, and `{be}` for "is" or "are". joiner is put between pairs, last before the last
    one of three or more, and of two if `last_of_two` is empty.
    """

    name: str
    opening: str
    pair: str
    joiner: str
    last: str
    closing: str
    last_of_two: str = ""

    def write(self, entries: Sequence[tuple[str, str]], plurals: Collection[str] = ()) -> str:
        """Write (label, colour text) entries; `plurals` are the labels that take "are"."""
        pairs = [
            self.pair.format(label=label, color=color, be="are" if label in plurals else "is")
            for label, color in entries
        ]
        last = self.last_of_two if len(pairs) == 2 and self.last_of_two else self.last
        body = pairs[0] if len(pairs) == 1 else self.joiner.join(pairs[:-1]) + last + pairs[-1]
        return self.opening + body + self.closing

    def read(self, text: str, label: str = _LABEL) -> list[tuple[str, RGB]] | None:
        """Read entries back; None where `text` is not of this style."""
        if not (text.startswith(self.opening) and text.endswith(self.closing)):
            return None
        body = text[len(self.opening) : len(text) - len(self.closing)]
        joint = "|".join(re.escape(j) for j in sorted({self.joiner, self.last, self.last_of_two} - {""}, key=len)[::-1])
        pair = self._pair_pattern(label)
        entries, position = [], 0
        while True:
            match = re.compile(rf"{pair}(?:(?:{joint})|\Z)").match(body, position)
            if match is None or match.end() == position or self._holds_clauses(match["label"]):
                return None
            entries.append((match["label"], read_color(match["color"])))
            position = match.end()
            if position == len(body):
                ended = not re.search(rf"(?:{joint})\Z", body)
                return entries if ended else None

    def _holds_clauses(self, label: str) -> bool:
        """Whether a label is two clauses of another style: `the sky is red and the floor` of `... is blue`."""
        return "{be}" in self.pair and re.search(r" (?:is|are) ", label) is not None

    def _pair_pattern(self, label: str) -> str:
        text = re.escape(self.pair)
        groups = {"label": rf"(?P<label>{label})", "color": rf"(?P<color>{COLOR_PATTERN})", "be": "(?:is|are)"}
        for name, group in groups.items():
            text = text.replace(re.escape("{" + name + "}"), group)
        return text


#: Used at the end of a prompt, after a colon; they begin with their own space or line break.
LIST_STYLES = (
    LegendStyle("python", " {", "'{label}': '{color}'", ", ", ", ", "}"),
    LegendStyle("json", " {", '"{label}": "{color}"', ", ", ", ", "}"),
    LegendStyle("unquoted", " {", "'{label}': {color}", ", ", ", ", "}"),
    LegendStyle("json-unquoted", " {", '"{label}": {color}', ", ", ", ", "}"),
    LegendStyle("bare", " {", "{label}: {color}", ", ", ", ", "}"),
    LegendStyle("pairs", " [", "('{label}', '{color}')", ", ", ", ", "]"),
    LegendStyle("arrows", " ", "{label} -> {color}", ", ", ", ", ""),
    LegendStyle("colons", " ", "{label}: {color}", "; ", "; ", ""),
    LegendStyle("equals", " ", "{label} = {color}", ", ", ", ", ""),
    LegendStyle("bullets", "\n", "- {label}: {color}", "\n", "\n", ""),
)

#: Used within a sentence.
SENTENCE_STYLES = (
    LegendStyle("in", "", "{label} in {color}", ", ", ", and ", "", " and "),
    LegendStyle("for", "", "{color} for {label}", ", ", ", and ", "", " and "),
    LegendStyle("as", "", "{label} as {color}", ", ", " and ", ""),
)

#: Used as sentences.
STATEMENT_STYLES = (
    LegendStyle("statements", "", "the {label} {be} {color}", "; ", "; ", ""),
    LegendStyle("clauses", "", "the {label} {be} {color}", ", ", ", and ", "", " and "),
)

#: Used after a verb, for labels that need an article: "color the seat red and the legs blue".
NAMING_STYLES = (
    LegendStyle("naming-in", "", "the {label} in {color}", ", ", " and ", ""),  # first, or a label would end with "in"
    LegendStyle("naming", "", "the {label} {color}", ", ", ", and ", "", " and "),
)

#: The slots of a template that hold a legend, and the styles of each.
LEGEND_SLOTS = {
    "legend": LIST_STYLES,
    "sentence": SENTENCE_STYLES,
    "statements": STATEMENT_STYLES,
    "namings": NAMING_STYLES,
}


def read_legend(text: str, styles: Sequence[LegendStyle]) -> list[tuple[str, RGB]]:
    """Read a legend in whichever of `styles` it is written; raises PromptError if in none."""
    for style in styles:
        entries = style.read(text)
        if entries is not None:
            return [(BACKGROUND if label == "the background" else label, rgb) for label, rgb in entries]
    raise PromptError("legend", f"one of the styles {', '.join(style.name for style in styles)}", short_repr(text))


def join_words(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b, and c`."""
    if len(words) < 3:
        return " and ".join(words)
    return ", ".join(words[:-1]) + ", and " + words[-1]


def split_words(text: str) -> list[RGB]:
    """Colours of a list that `join_words` wrote; raises PromptError for anything else."""
    one = rf"(?:{COLOR_PATTERN})"
    if not re.fullmatch(rf"{one}(?:(?:, and | and |, ){one})*", text):
        raise PromptError("list of colours", "colours, commas and 'and'", short_repr(text))
    return [read_color(color) for color in re.findall(COLOR_PATTERN, text)]
