"""The semantic segmentation task."""

import numpy as np
from jaxtyping import UInt8

from encode.frame import Frame
from encode.pair import BACKGROUND, ColorEntry, Pair, PairMeta
from encode.prompts.parser import ParsedPrompt
from encode.prompts.template import choose_template
from encode.segmentation.flat_task import (
    PaintedMask,
    draw_palette,
    flat_decoding,
    flat_problems,
)
from encode.segmentation.label_sets import (
    get_label_set,
    known_categories,
    label_set_expression,
    label_set_of,
    set_members,
)
from encode.segmentation.labels import NEGATIVES, resolve_label
from encode.segmentation.legend_metrics import legend_metrics
from encode.segmentation.legend_prompt import write_legend_prompt
from encode.segmentation.legend_task import LabelTask
from encode.segmentation.legends import draw_label_set, draw_legend, draw_set_legend
from encode.segmentation.paint import mask_of, paint_entries
from encode.task import Painting, PairRequest, finish_pair

__all__ = ["SemanticTask"]

_BLACK_SHARE = 0.7


class SemanticTask(LabelTask):
    """Every pixel takes the colour that the prompt gives to its class."""

    name = "semantic"

    def make(self, request: PairRequest) -> Pair | None:
        """Ask for all visible classes, for some, or in a label set's terms; None where nothing has a class."""
        frame, rng, shares = request.frame, request.rng, request.shares
        kind = rng.random()
        label_set = draw_label_set(frame, rng) if kind < shares.label_set_share else None
        template = choose_template(
            rng, self.name, request.split, lambda t: ("label_set" in t.slots) == (label_set is not None)
        )
        if label_set is not None:
            classes = draw_set_legend(frame, rng, label_set, shares.absent_entry_share)
        else:
            full, plurals = kind < shares.label_set_share + shares.full_share, "legend" not in template.slots
            classes = draw_legend(frame, rng, shares, full=full, plurals=plurals)
        if not classes:
            return None
        palette = draw_palette(rng, len(classes), black_share=_BLACK_SHARE, one_set=True)
        if palette is None:
            return None
        entries = [ColorEntry(c.label, rgb, c.ids) for c, rgb in zip(classes, palette.colors, strict=True)]
        values = {"label_set": label_set.name} if label_set else {}
        painting = Painting(
            target=paint_entries(frame.truth.category, entries, palette.background),
            prompt=write_legend_prompt(template, rng, entries, palette, _plurals(frame), values),
            template=template,
            decoding=flat_decoding(entries, palette.background),
            expression=label_set_expression(label_set.name if label_set else ""),
        )
        return finish_pair(self.name, request, painting)

    def score(self, rgb: UInt8[np.ndarray, "h w 3"], frame: Frame, meta: PairMeta) -> dict[str, float]:
        """Return `semantic_metrics` over the asked classes and the background: mIoU and pixel accuracy."""
        labels = [_category_name(frame, entry, meta) for entry in meta.colors]
        return legend_metrics(self.decode(rgb, meta), frame.truth.category, meta, labels)

    def audit(
        self, frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta
    ) -> list[str]:
        """Look up the prompt's labels in the frame again, and check that every class has exactly its colour."""
        meanings, problems = _meanings(frame, parsed)
        painted = []
        named: frozenset[int] = frozenset()
        for label, rgb in parsed.legend:
            ids = meanings[label]
            if named & ids:
                problems.append(f"{label!r} names a class that another label of the prompt names too")
            named |= ids
            entry = ColorEntry(label, rgb, tuple(sorted(ids)))
            painted.append(PaintedMask(entry, mask_of(frame.truth.category, entry.ids)))
        return problems + flat_problems(
            target, parsed, meta, painted, expression=label_set_expression(parsed.label_set)
        )


def _meanings(frame: Frame, parsed: ParsedPrompt) -> tuple[dict[str, frozenset[int]], list[str]]:
    """The category ids that each label of the prompt names in the frame, and what is wrong with the labels."""
    labels = [label for label, _ in parsed.legend]
    if not parsed.label_set:
        return {label: resolve_label(frame, label) for label in labels}, []
    label_set = get_label_set(parsed.label_set)
    members = set_members(frame, label_set)
    problems = [f"{label!r} is no class of {label_set.name}" for label in labels if label not in label_set.classes]
    if members is None:
        problems.append(f"which classes of {label_set.name} the frame shows is not certain")
    return {label: frozenset((members or {}).get(label, ())) for label in labels}, problems


def _category_name(frame: Frame, entry: ColorEntry, meta: PairMeta) -> str:
    """The category's own name, whichever word the prompt used: a cup is summed with the mugs."""
    label_set = label_set_of(meta)
    if label_set and entry.label != BACKGROUND:  # a set's chair is not ours
        return f"{entry.label} ({label_set})"
    names = [category.name for category in frame.categories if (category.id,) == entry.ids]
    return names[0] if names else entry.label


def _plurals(frame: Frame) -> frozenset[str]:
    """Labels that take "are"."""
    things = {c.plural for c in frame.categories if c.kind == "thing"}
    known = {c.plural for c in known_categories().values() if c.kind == "thing"}
    return frozenset(things | known | {f"{name}s" for name in NEGATIVES})
