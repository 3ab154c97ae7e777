"""The interactive task: the object that is marked in a second source image."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import UInt8

from encode.colors.distance import rgb_distance
from encode.colors.legend import MINIMUM_RGB
from encode.declared_members import ExtraMember
from encode.draw import choice
from encode.formulas.channels import has_color
from encode.frame import Frame, ObjectId
from encode.frame_ids import instance_index
from encode.interactive.designation import designated, form_problems, is_askable
from encode.interactive.language import read_kind, write_marks
from encode.interactive.marks import Marks, canvas_image, draw_mark_colors, is_free, paint_marks, read_marks
from encode.interactive.sampler import sample_marks
from encode.metrics.mean import mean_scores
from encode.metrics.referring import referring_metrics, referring_summary
from encode.pair import RGB, ColorEntry, Pair, PairMeta
from encode.problems import pixel_problems
from encode.prompts.marks import CANVASES, EXCLUDED, MARK_KINDS, MARKED
from encode.prompts.parser import ParsedPrompt
from encode.prompts.template import Template, choose_template
from encode.segmentation.flat_task import PaintedMask, draw_palette, flat_decoding, flat_problems
from encode.segmentation.legend_task import MaskTask
from encode.segmentation.paint import mask_of, paint_entries
from encode.task import Painting, PairRequest, finish_pair

__all__ = ["InteractiveTask"]

# Share of the second images that show the marks on black; the others show them on the image.
_BLACK_SHARE = 0.3


class InteractiveTask(MaskTask):
    """A point, points, a box, a scribble or a coarse mask in a second source image marks one object."""

    name = "interactive"
    extra_members: frozenset[ExtraMember] = frozenset(("source2.png",))

    def make(self, request: PairRequest) -> Pair | None:
        """Mark one object; None where no object can be marked beyond doubt."""
        frame, rng = request.frame, request.rng
        drawn = sample_marks(rng, frame, request.shares)
        if drawn is None:
            return None
        instance, marks = drawn
        template = choose_template(rng, self.name, request.split, lambda t: _fits(t, marks))
        palette = draw_palette(rng, 1, writes_background="background" in template.slots)
        if palette is None:
            return None
        painted = _draw_canvas(rng, frame, marks, named=palette.notation == "name")
        if painted is None:
            return None
        canvas, colors = painted
        rgb, background = palette.colors[0], palette.background
        values = {
            "color": palette.write(rgb),
            "background": palette.write(background),
            "canvas": choice(rng, CANVASES[canvas][request.split]),
            **{slot: palette.write(color) for slot, color in zip((marks.kind, EXCLUDED), colors, strict=False)},
        }
        entry = ColorEntry(MARKED, rgb, (instance,))
        painting = Painting(
            target=paint_entries(frame.truth.instance, [entry], background),
            prompt=template.write(rng, values),
            template=template,
            decoding=flat_decoding([entry], background),
            expression=write_marks(marks, canvas),
            source2=paint_marks(canvas_image(frame, canvas), marks, colors),
        )
        return finish_pair(self.name, request, painting)

    def score(self, rgb: UInt8[np.ndarray, "h w 3"], frame: Frame, meta: PairMeta) -> dict[str, float]:
        """Return iou, intersection and union, and iou again under the mark's kind, as `iou_box`."""
        scores = referring_metrics(self.decode(rgb, meta), mask_of(frame.truth.instance, meta.asked.ids))
        kind = read_kind(meta.expression)
        return {**scores, f"iou_{kind}": scores["iou"]} if kind else scores

    def summarise(self, scores: Sequence[dict[str, float]]) -> dict[str, float]:
        """Return the mean and the summed IoU (giou and ciou), and the mean IoU of each kind of mark."""
        means = mean_scores(scores)
        kinds = {name: means[name] for name in (f"iou_{kind}" for kind in MARK_KINDS) if name in means}
        return {**referring_summary(scores), **kinds}

    def audit(
        self, frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta
    ) -> list[str]:
        """Check that exactly one object is painted, and that it can be asked for; the marks are checked apart."""
        label, rgb = parsed.legend[0]
        instance = _painted_object(frame, target, rgb)
        if not instance:
            return [f"no object is painted {rgb}"]
        problems = [] if is_askable(frame, instance) else [f"object {instance} is not seen well enough to be asked for"]
        painted = [PaintedMask(ColorEntry(label, rgb, (instance,)), mask_of(frame.truth.instance, [instance]))]
        return problems + flat_problems(target, parsed, meta, painted, expression=meta.expression)

    def audit_extra_members(
        self,
        frame: Frame,
        parsed: ParsedPrompt,
        meta: PairMeta,
        answer: str,
        source2: UInt8[np.ndarray, "h w 3"] | None,
    ) -> list[str]:
        """Check that the second image has marks as the prompt names them, which designate the object of `meta`.

        That is the painted one, as `audit` has checked. All but the marks must be the canvas, pixel by pixel.
        """
        if source2 is None:
            return ["there is no second source image"]
        image = canvas_image(frame, parsed.canvas)
        marks, stray = read_marks(source2, image, parsed.mark, parsed.mark_colors)
        problems = [
            *_color_problems(image, parsed.mark_colors),
            *pixel_problems(stray, source2, "pixels of the second source image are neither a mark nor the canvas"),
            *form_problems(marks),
        ]
        if problems:
            return problems
        if meta.expression != (expected := write_marks(marks, parsed.canvas)):
            problems.append(f"meta's expression: expected {expected!r} by the second image, got {meta.expression!r}")
        instance, ids = designated(frame, marks), [i for entry in meta.foreground for i in entry.ids]
        if instance is None or ids != [instance]:
            found = "no object beyond doubt" if instance is None else f"object {instance}"
            problems.append(f"the {parsed.mark.replace('_', ' ')} marks {found}, not object {ids}")
        return problems


def _fits(template: Template, marks: Marks) -> bool:
    return marks.kind in template.slots and (EXCLUDED in template.slots) == bool(marks.excluded.any())


def _draw_canvas(
    rng: np.random.Generator, frame: Frame, marks: Marks, *, named: bool
) -> tuple[str, tuple[RGB, ...]] | None:
    """A canvas and the marks' colours on it: black where the image has too many colours for a mark to stand out."""
    count = 2 if marks.excluded.any() else 1
    for canvas in ("black",) if rng.random() < _BLACK_SHARE else ("image", "black"):
        colors = draw_mark_colors(rng, canvas_image(frame, canvas), count, named=named)
        if colors is not None:
            return canvas, colors
    return None


def _painted_object(frame: Frame, target: UInt8[np.ndarray, "h w 3"], rgb: RGB) -> ObjectId:
    """The object that most pixels of a colour lie on; 0 for none."""
    index = instance_index(frame)
    counts = np.bincount(index.positions[has_color(target, rgb)], minlength=len(index.ids))
    return ObjectId(int(index.ids[counts.argmax()]) if counts.any() else 0)


def _color_problems(image: UInt8[np.ndarray, "h w 3"], colors: Sequence[RGB]) -> list[str]:
    """Marks whose colour the canvas has as well, or that are hardly told apart."""
    problems = [f"the canvas has pixels near the mark's colour {rgb}" for rgb in colors if not is_free(image, rgb)]
    if len(colors) == 2 and rgb_distance(*colors) < MINIMUM_RGB:
        problems.append(f"the colours of the marks are {rgb_distance(*colors):.1f} apart, less than {MINIMUM_RGB:g}")
    return problems
