"""The semantic segmentation task."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, Int32, UInt8

from encode.draw import choice, shuffled
from encode.frame import CategoryRecord, Frame
from encode.metrics.semantic import semantic_metrics, semantic_summary
from encode.pair import BACKGROUND, ColorEntry, Decoding, Pair, PairMeta
from encode.prompts.legend import LIST_STYLES, SENTENCE_STYLES, STATEMENT_STYLES, is_label
from encode.prompts.parser import ParsedPrompt
from encode.prompts.template import Template, choose_template
from encode.segmentation.flat_colors import decode_entries, entry_confidence
from encode.segmentation.flat_task import (
    PaintedMask,
    Palette,
    draw_palette,
    flat_decoding,
    flat_problems,
    legend_decoding,
)
from encode.segmentation.labels import NEGATIVES, names_alone, resolve_label, safe_negatives, visible_categories
from encode.segmentation.paint import mask_of, paint_ids
from encode.task import Painting, PairRequest, finish_pair

__all__ = ["SemanticTask"]

# A class under this share of the image is not asked for; its pixels then are background.
_LEAST_SHARE = 5e-4
_MOST_CLASSES = 10
# How often every visible class is asked for: a dense target teaches more per sample than a subset.
_ALL_SHARE = 0.5
_NEGATIVE_SHARE = 0.15
_SUPER_SHARE = 0.2
_BLACK_SHARE = 0.7

_STYLES = {"legend": LIST_STYLES, "sentence": SENTENCE_STYLES, "statements": STATEMENT_STYLES}


@dataclass(frozen=True, slots=True)
class _Class:
    label: str
    ids: tuple[int, ...]


class SemanticTask:
    """Every pixel takes the colour that the prompt gives to its class."""

    name = "semantic"

    def make(self, request: PairRequest) -> Pair | None:
        """Ask for a random subset of the visible classes in random colours; None where nothing has a class."""
        frame, rng = request.frame, request.rng
        template = choose_template(rng, self.name, request.split)
        classes = _draw_classes(frame, rng, plurals="legend" not in template.slots)
        if not classes:
            return None
        palette = draw_palette(rng, len(classes), black_share=_BLACK_SHARE, one_set=True)
        if palette is None:
            return None
        entries = [ColorEntry(c.label, rgb, c.ids) for c, rgb in zip(classes, palette.colors, strict=True)]
        colors = {category: entry.rgb for entry in entries for category in entry.ids}
        painting = Painting(
            target=paint_ids(frame.truth.category, colors, palette.background),
            prompt=_write_prompt(template, rng, entries, palette, _plurals(frame)),
            template=template,
            decoding=flat_decoding(entries, palette.background),
        )
        return finish_pair(self.name, request, painting)

    def decoding(self, parsed: ParsedPrompt) -> Decoding:
        """Return the colour of each label and the background's."""
        return legend_decoding(parsed)

    def decode(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Int32[np.ndarray, "h w"]:
        """Return the index into `meta.colors` of each pixel's class."""
        return decode_entries(rgb, meta)

    def confidence(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w"]:
        """Return how much nearer each pixel is to its colour than to the next."""
        return entry_confidence(rgb, meta)

    def score(self, rgb: UInt8[np.ndarray, "h w 3"], frame: Frame, meta: PairMeta) -> dict[str, float]:
        """Return `semantic_metrics` over the asked classes and the background: mIoU and pixel accuracy."""
        index, truth = self.decode(rgb, meta), _truth_index(frame, meta)
        labels = [_category_name(frame, entry) for entry in meta.colors]
        indices = range(len(labels))
        return semantic_metrics([index == i for i in indices], [truth == i for i in indices], labels)

    def summarise(self, scores: Sequence[dict[str, float]]) -> dict[str, float]:
        """Return the mIoU of the summed counts, and the mean pixel accuracy."""
        return semantic_summary(scores)

    def audit(
        self, frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta
    ) -> list[str]:
        """Look up the prompt's labels in the frame again, and check that every class has exactly its colour."""
        painted, problems = [], []
        named: frozenset[int] = frozenset()
        for label, rgb in parsed.legend:
            ids = resolve_label(frame, label)
            if named & ids:
                problems.append(f"{label!r} names a class that another label of the prompt names too")
            named |= ids
            entry = ColorEntry(label, rgb, tuple(sorted(ids)))
            painted.append(PaintedMask(entry, mask_of(frame.truth.category, entry.ids)))
        return problems + flat_problems(target, parsed, meta, painted)


def _category_name(frame: Frame, entry: ColorEntry) -> str:
    """The category's own name, whichever word the prompt used: a cup is summed with the mugs."""
    names = [category.name for category in frame.categories if (category.id,) == entry.ids]
    return names[0] if names else entry.label


def _truth_index(frame: Frame, meta: PairMeta) -> Int32[np.ndarray, "h w"]:
    labels = [entry.label for entry in meta.colors]
    index = np.full(frame.truth.shape, labels.index(BACKGROUND) if BACKGROUND in labels else -1, np.int32)
    for i, entry in enumerate(meta.colors):
        index[mask_of(frame.truth.category, entry.ids)] = i
    return index


def _draw_classes(frame: Frame, rng: np.random.Generator, *, plurals: bool) -> list[_Class]:
    visible = [c for c in visible_categories(frame, _LEAST_SHARE) if names_alone(frame, c.name, c)]
    if not visible:
        return []
    most = min(len(visible), _MOST_CLASSES)
    count = most if rng.random() < _ALL_SHARE else int(rng.integers(1, most + 1))
    chosen = shuffled(rng, visible)[:count]
    classes = [_Class(_draw_label(frame, category, rng, plurals), (category.id,)) for category in chosen]
    if rng.random() < _SUPER_SHARE:
        classes = _with_supercategory(frame, chosen, classes, rng)
    if rng.random() < _NEGATIVE_SHARE:
        absent = safe_negatives(frame)
        if absent:
            # All of NEGATIVES have regular plurals.
            label = choice(rng, absent) + ("s" if plurals else "")
            classes.insert(int(rng.integers(len(classes) + 1)), _Class(label, ()))
    return classes


def _draw_label(frame: Frame, category: CategoryRecord, rng: np.random.Generator, plurals: bool) -> str:
    """A word that names this category and no other: its name mostly, or a plural or synonym."""
    words = [category.name, category.name, *category.synonyms]
    if category.kind == "thing" and category.plural:
        words = [category.plural] if plurals else [*words, category.plural]
    word = choice(rng, words)
    return word if names_alone(frame, word, category) else category.name


def _with_supercategory(
    frame: Frame, chosen: Sequence[CategoryRecord], classes: list[_Class], rng: np.random.Generator
) -> list[_Class]:
    """Replace the classes of one super-category by it, all its members in the frame together."""
    category = choice(rng, chosen)
    ids = resolve_label(frame, category.supercategory)
    if len(ids) < 2 or not is_label(category.supercategory):
        return classes
    rest = [c for c in classes if not ids & set(c.ids)]
    return [*rest, _Class(category.supercategory, tuple(sorted(ids)))]


def _plurals(frame: Frame) -> frozenset[str]:
    """Labels that take "are"."""
    return frozenset(c.plural for c in frame.categories if c.kind == "thing") | {f"{name}s" for name in NEGATIVES}


def _write_prompt(
    template: Template,
    rng: np.random.Generator,
    entries: Sequence[ColorEntry],
    palette: Palette,
    plurals: frozenset[str],
) -> str:
    listed = [(entry.label, palette.write(entry.rgb)) for entry in entries]
    background = palette.write(palette.background)
    slot = next(slot for slot in _STYLES if slot in template.slots)
    if "background" not in template.slots:
        listed.append(("the background" if slot == "sentence" else BACKGROUND, background))
    values = {slot: choice(rng, _STYLES[slot]).write(listed, plurals), "background": background}
    return template.write(rng, values)
