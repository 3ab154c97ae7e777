"""The instance segmentation task."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float32, Int32, UInt8

from encode.colors.legend import CROWD_RGB, FEW_COLORS, MINIMUM_RGB
from encode.draw import shuffled
from encode.frame import CategoryRecord, Frame, ObjectId, ObjectRecord
from encode.frame_ids import instance_index
from encode.metrics.instance import instance_metrics, instance_summary
from encode.pair import BACKGROUND, BLACK, RGB, ColorEntry, Decoding, Pair, PairMeta
from encode.prompts.legend import join_words
from encode.prompts.parser import ParsedPrompt
from encode.prompts.template import Template, choose_template
from encode.segmentation.absent import draw_absent_category
from encode.segmentation.class_choice import draw_noun, drawn_classes
from encode.segmentation.flat_task import PaintedMask, draw_palette, flat_decoding, flat_problems
from encode.segmentation.instances import (
    INSTANCE_PARAMETERS,
    InstanceSettings,
    decode_instances,
    instance_confidence,
)
from encode.segmentation.named_instances import named_instances
from encode.segmentation.paint import mask_of, paint_entries
from encode.segmentation.scorable import scorable_instance
from encode.task import Painting, PairRequest, finish_pair

__all__ = ["InstanceTask"]

_BLACK_SHARE = 0.75

# More colours than this are not listed in a prompt.
_MOST_LISTED = 8


class InstanceTask:
    """One class a prompt, every instance in a colour of its own; now and then a class that is not in view."""

    name = "instance"

    def make(self, request: PairRequest) -> Pair | None:
        """Ask for one class; None where no class has an instance that a decoder could find."""
        frame, rng = request.frame, request.rng
        absent = draw_absent_category(rng, frame) if rng.random() < request.shares.absent_share else None
        drawn: tuple[CategoryRecord, list[ObjectRecord]] | None
        drawn = (absent, []) if absent else next(drawn_classes(frame, rng, request.shares), None)
        if drawn is None:
            return None
        category, objects = drawn
        template = choose_template(rng, self.name, request.split, lambda t: _fits(t, category, len(objects)))
        lists_colors = "colors" in template.slots
        palette = draw_palette(
            rng,
            len(objects),
            black_share=_BLACK_SHARE,
            writes_background="background" in template.slots,
            writes_colors=lists_colors,
            crowd=len(objects) > FEW_COLORS,
        )
        if palette is None:
            return None
        entries = [_entry(frame, record, rgb) for record, rgb in zip(objects, palette.colors, strict=True)]
        values = {
            "noun": draw_noun(frame, category, rng),
            "plural": category.plural,
            "background": palette.write(palette.background),
        }
        if lists_colors:  # in an order that gives no hint
            values["colors"] = join_words([palette.write(rgb) for rgb in shuffled(rng, palette.colors)])
        painting = Painting(
            target=paint_entries(frame.truth.instance, entries, palette.background),
            prompt=template.write(rng, values),
            template=template,
            decoding=flat_decoding(entries, palette.background, INSTANCE_PARAMETERS),
        )
        return finish_pair(self.name, request, painting)

    def decoding(self, parsed: ParsedPrompt) -> Decoding:
        """Return the background's colour alone: those of the instances are the model's choice."""
        # Some entry must have ids, and this is the only one.
        background = ColorEntry(BACKGROUND, parsed.background or BLACK, (0,))
        return Decoding("flat-colors", INSTANCE_PARAMETERS, (background,))

    def decode(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Int32[np.ndarray, "h w"]:
        """Return a label map 1..n, 0 for the background, from the background's colour alone."""
        return decode_instances(rgb, meta.background, InstanceSettings.of(meta))

    def confidence(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w"]:
        """Return how near each pixel is to its instance's mean colour, or to the background's."""
        return instance_confidence(rgb, self.decode(rgb, meta), meta.background, meta.parameter("tolerance"))

    def score(self, rgb: UInt8[np.ndarray, "h w 3"], frame: Frame, meta: PairMeta) -> dict[str, float]:
        """Return pmF1 and AP against the instances of the class; unscored ones neither help nor hurt."""
        ids = [entry.ids[0] for entry in meta.foreground]
        truth = np.where(np.isin(frame.truth.instance, np.array(ids, np.uint32)), frame.truth.instance, 0)
        scored = [entry.ids[0] for entry in meta.foreground if entry.scored]
        return instance_metrics(self.decode(rgb, meta), truth.astype(np.int64), scored)

    def summarise(self, scores: Sequence[dict[str, float]]) -> dict[str, float]:
        """Return pmF1, cgF1 and AP over many prompts."""
        return instance_summary(scores)

    def audit(
        self, frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta
    ) -> list[str]:
        """Check that every visible instance of the class has one colour, its own, and all else the background's."""
        visible = set(instance_index(frame).ids.tolist())
        objects, problems = named_instances(frame, parsed.label, visible)
        entries = [_entry(frame, record, _color_at(target, frame, record.id)) for record in objects]
        painted = [PaintedMask(entry, mask_of(frame.truth.instance, entry.ids)) for entry in entries]
        least = CROWD_RGB if len(entries) > FEW_COLORS else MINIMUM_RGB
        problems += flat_problems(target, parsed, meta, painted, parameters=INSTANCE_PARAMETERS, least_apart=least)
        colors = [entry.rgb for entry in entries]
        if parsed.colors and sorted(parsed.colors) != sorted(colors):
            problems.append(f"the prompt allows {list(parsed.colors)}, painted are {colors}")
        return problems


def _fits(template: Template, category: CategoryRecord, count: int) -> bool:
    if "plural" in template.slots and not category.plural:
        return False
    return "colors" not in template.slots or 2 <= count <= _MOST_LISTED


def _entry(frame: Frame, record: ObjectRecord, rgb: RGB) -> ColorEntry:
    return ColorEntry(record.name, rgb, (record.id,), scorable_instance(frame, record.id))


def _color_at(target: UInt8[np.ndarray, "h w 3"], frame: Frame, object_id: ObjectId) -> RGB:
    """Colour of the instance's first pixel; the check of its mask then holds all its pixels to it."""
    first = int((frame.truth.instance == object_id).argmax())
    red, green, blue = target.reshape(-1, 3)[first].tolist()
    return red, green, blue
