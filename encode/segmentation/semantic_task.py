"""The semantic segmentation task."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, Int32, UInt8

from encode.colors.legend import draw_colors
from encode.colors.notation import NOTATIONS, write_color
from encode.draw import choice, shuffled
from encode.frame import Category, Frame
from encode.meta_audit import meta_problems
from encode.metrics.semantic import semantic_metrics, semantic_summary
from encode.pair import BACKGROUND, RGB, ColorEntry, Pair, PairMeta
from encode.prompts.grammar import write_prompt
from encode.prompts.legend import LIST_STYLES, SENTENCE_STYLES, STATEMENT_STYLES, is_label
from encode.prompts.parser import ParsedPrompt
from encode.prompts.template import Template, choose_template
from encode.segmentation.flat_audit import flat_problems, legend_distance_problems
from encode.segmentation.flat_colors import FLAT_PARAMETERS, decode_entries, entry_confidence
from encode.segmentation.labels import NEGATIVES, resolve_label, safe_negatives, visible_categories
from encode.segmentation.paint import mask_of, paint_ids
from encode.task import Painting, PairRequest, finish

__all__ = ["SemanticTask"]

_BLACK: RGB = (0, 0, 0)

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
        rng = request.rng
        template = choose_template(rng, self.name, request.split)
        classes = _draw_classes(request.frame, rng, plurals="legend" not in template.slots)
        if not classes:
            return None
        notation = choice(rng, NOTATIONS)
        colors = _draw_legend(rng, len(classes), notation, template)
        if colors is None:
            return None
        entries = [ColorEntry(c.label, rgb, c.ids) for c, rgb in zip(classes, colors[1:], strict=True)]
        painted = {i: entry.rgb for entry in entries for i in entry.ids}
        painting = Painting(
            target=paint_ids(request.frame.truth.category, painted, colors[0]),
            prompt=_write_prompt(template, rng, entries, colors[0], notation, _plurals(request.frame)),
            template=template,
            codec=template.codec,
            parameters=FLAT_PARAMETERS,
            colors=[*entries, ColorEntry(BACKGROUND, colors[0], ())],
        )
        return finish(self.name, request, painting)

    def decode(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Int32[np.ndarray, "h w"]:
        """Index into `meta.colors` of each pixel's class."""
        return decode_entries(rgb, meta)

    def confidence(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w"]:
        """How much nearer each pixel is to its colour than to the next."""
        return entry_confidence(rgb, meta)

    def score(self, rgb: UInt8[np.ndarray, "h w 3"], frame: Frame, meta: PairMeta) -> dict[str, float]:
        """mIoU over the asked classes and the background, pixel accuracy (encode.metrics.semantic)."""
        index = self.decode(rgb, meta)
        truth = _truth_index(frame, meta)
        labels = [_class_name(frame, entry) for entry in meta.colors]
        places = range(len(labels))
        return semantic_metrics([index == i for i in places], [truth == i for i in places], labels)

    def summarise(self, scores: Sequence[dict[str, float]]) -> dict[str, float]:
        """mIoU of the summed counts, mean pixel accuracy."""
        return semantic_summary(scores)

    def audit(
        self, frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta
    ) -> list[str]:
        """Labels of the prompt are looked up in the frame anew; every class's pixels must have exactly its colour."""
        background = parsed.background or _BLACK
        problems = legend_distance_problems(parsed, background)
        wanted, colors = [], []
        taken: frozenset[int] = frozenset()
        for label, rgb in parsed.legend:
            ids = resolve_label(frame, label)
            if taken & ids:
                problems.append(f"{label!r} names a class that another label of the prompt names too")
            taken |= ids
            wanted.append((label, rgb, mask_of(frame.truth.category, sorted(ids))))
            colors.append(ColorEntry(label, rgb, tuple(sorted(ids))))
        colors.append(ColorEntry(BACKGROUND, background, ()))
        problems += meta_problems(meta, colors=colors, parameters=FLAT_PARAMETERS)
        return problems + flat_problems(target, wanted, background)


def _class_name(frame: Frame, entry: ColorEntry) -> str:
    """The category's own name, whichever word the prompt had for it: a cup is summed with the mugs."""
    names = [category.name for category in frame.categories if (category.id,) == entry.ids]
    return names[0] if names else entry.label


def _truth_index(frame: Frame, meta: PairMeta) -> Int32[np.ndarray, "h w"]:
    labels = [entry.label for entry in meta.colors]
    index = np.full(frame.truth.shape, labels.index(BACKGROUND) if BACKGROUND in labels else -1, np.int32)
    for i, entry in enumerate(meta.colors):
        index[mask_of(frame.truth.category, entry.ids)] = i
    return index


def _draw_classes(frame: Frame, rng: np.random.Generator, *, plurals: bool) -> list[_Class]:
    visible = [c for c in visible_categories(frame, _LEAST_SHARE) if _named_alone(frame, c)]
    if not visible:
        return []
    most = min(len(visible), _MOST_CLASSES)
    count = most if rng.random() < _ALL_SHARE else int(rng.integers(1, most + 1))
    chosen = shuffled(rng, visible)[:count]
    classes = [_Class(_label(frame, category, rng, plurals), (category.id,)) for category in chosen]
    if rng.random() < _SUPER_SHARE:
        classes = _with_super(frame, chosen, classes, rng)
    if rng.random() < _NEGATIVE_SHARE:
        absent = safe_negatives(frame)
        if absent:
            # All of NEGATIVES have regular plurals.
            label = choice(rng, absent) + ("s" if plurals else "")
            classes.insert(int(rng.integers(len(classes) + 1)), _Class(label, ()))
    return classes


def _named_alone(frame: Frame, category: Category) -> bool:
    return is_label(category.name) and resolve_label(frame, category.name) == {category.id}


def _label(frame: Frame, category: Category, rng: np.random.Generator, plurals: bool) -> str:
    """A word that names this category and no other: its name mostly, or a plural or synonym."""
    words = [category.name, category.name, *category.synonyms]
    if category.kind == "thing" and category.plural:
        words = [category.plural] if plurals else [*words, category.plural]
    word = choice(rng, words)
    return word if is_label(word) and resolve_label(frame, word) == {category.id} else category.name


def _with_super(
    frame: Frame, chosen: Sequence[Category], classes: list[_Class], rng: np.random.Generator
) -> list[_Class]:
    """Replace the classes of one super-category by it, all its members in the frame together."""
    category = choice(rng, chosen)
    ids = resolve_label(frame, category.supercategory)
    if len(ids) < 2 or not is_label(category.supercategory):
        return classes
    rest = [c for c in classes if not ids & set(c.ids)]
    return [*rest, _Class(category.supercategory, tuple(sorted(ids)))]


def _draw_legend(rng: np.random.Generator, count: int, notation: str, template: Template) -> list[RGB] | None:
    """Colours, the background's first: black mostly, always so where a sentence says that all else is some colour."""
    if rng.random() < _BLACK_SHARE:
        colors = draw_colors(rng, count, named=notation == "name", taken=[_BLACK])
        return None if colors is None else [_BLACK, *colors]
    return draw_colors(rng, count + 1, named=notation == "name")


def _plurals(frame: Frame) -> frozenset[str]:
    """Labels that take "are"."""
    return frozenset(c.plural for c in frame.categories if c.kind == "thing") | {f"{name}s" for name in NEGATIVES}


def _write_prompt(
    template: Template,
    rng: np.random.Generator,
    entries: Sequence[ColorEntry],
    background: RGB,
    notation: str,
    plurals: frozenset[str],
) -> str:
    listed = [(entry.label, write_color(entry.rgb, notation)) for entry in entries]
    color = write_color(background, notation)
    slot = next(slot for slot in _STYLES if slot in template.slots)
    if "background" not in template.slots:
        listed.append(("the background" if slot == "sentence" else BACKGROUND, color))
    values = {slot: choice(rng, _STYLES[slot]).write(listed, plurals), "background": color}
    return write_prompt(template.tree, rng, values)
