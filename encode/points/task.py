"""The task `points`: counting, by a dot on each instance of a class."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float32, Float64, UInt8

from encode.check import check_rgb
from encode.draw import choice
from encode.frame import CategoryRecord, Frame, ObjectId
from encode.metrics.points import point_metrics, point_summary
from encode.pair import BLACK, RADIUS, ColorEntry, Decoding, Pair, PairMeta
from encode.points.audit import dot_problems
from encode.points.decoder import decode_dots, dot_confidence, dot_decoding
from encode.points.dots import dots_of, largest_radius, paint_dots
from encode.points.entries import dot_entries, read_back_problems
from encode.prompts.parser import ParsedPrompt
from encode.prompts.template import choose_template
from encode.segmentation.absent import draw_absent_category
from encode.segmentation.class_choice import draw_noun, drawn_classes
from encode.segmentation.flat_task import draw_palette
from encode.task import Painting, PairRequest, finish_pair

__all__ = ["PointsTask"]

_BLACK_SHARE = 0.75

# The largest dots: so many pixels of radius, and one more for every so many of the image's shorter side.
_LARGEST, _SIDE_OF_A_PIXEL = 3, 160

# Dots of a smaller radius are specks.
_SMALLEST = 2


class PointsTask:
    """One class a prompt, a dot on each instance; now and then a class that is not in view, and no dot."""

    name = "points"

    def make(self, request: PairRequest) -> Pair | None:
        """Ask for one class; None where the dots of each would touch or not read back as its instances."""
        frame, rng = request.frame, request.rng
        if rng.random() < request.shares.absent_share:
            absent = draw_absent_category(rng, frame)
            if absent is not None:
                return self._paint(request, absent, ())
        dots = dots_of(frame)
        for category, objects in drawn_classes(frame, rng, request.shares):
            ids = tuple(record.id for record in objects if record.id in dots)
            pair = self._paint(request, category, ids) if ids else None
            if pair is not None:
                return pair
        return None

    def _paint(self, request: PairRequest, category: CategoryRecord, ids: tuple[ObjectId, ...]) -> Pair | None:
        frame, rng = request.frame, request.rng
        places = [dots_of(frame)[i] for i in ids]
        most = largest_radius(places, _LARGEST + min(frame.truth.shape) // _SIDE_OF_A_PIXEL)
        entries = dot_entries(frame, category.name, BLACK, ids)
        if most < _SMALLEST or (ids and not entries[0].scored):
            return None
        radius = choice(rng, range(max(_SMALLEST, most - 2), most + 1))
        template = choose_template(
            rng, self.name, request.split, lambda t: category.plural != "" or "plural" not in t.slots
        )
        palette = draw_palette(rng, 1, black_share=_BLACK_SHARE, writes_background="background" in template.slots)
        if palette is None:
            return None
        noun, color = draw_noun(frame, category, rng), palette.colors[0]
        label = noun if "noun" in template.slots else category.plural
        values = {
            "noun": noun,
            "plural": category.plural,
            "color": palette.write(color),
            "background": palette.write(palette.background),
            "radius": str(radius),
        }
        painting = Painting(
            target=paint_dots(frame.truth.shape, places, color, palette.background, radius),
            prompt=template.write(rng, values),
            template=template,
            decoding=dot_decoding(dot_entries(frame, label, color, ids), palette.background, radius),
        )
        pair = finish_pair(self.name, request, painting)
        return None if read_back_problems(frame, pair.target, pair.meta) else pair

    def decoding(self, parsed: ParsedPrompt) -> Decoding:
        """Return the dots' colour and radius, and the background's colour."""
        label, rgb = parsed.legend[0]
        return dot_decoding((ColorEntry(label, rgb, (1,)),), parsed.background or BLACK, parsed.parameter(RADIUS))

    def decode(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float64[np.ndarray, "n 2"]:
        """Return the dots' centres (x, y) in pixels, pixel centres at +0.5; their number is the count."""
        return decode_dots(rgb, meta)

    def confidence(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w"]:
        """Return how clearly each pixel is of a dot or of the background."""
        return dot_confidence(rgb, meta)

    def score(self, rgb: UInt8[np.ndarray, "h w 3"], frame: Frame, meta: PairMeta) -> dict[str, float]:
        """Return the error of the count, and F1 of the points that lie in an instance's visible mask."""
        check_rgb(rgb, "points", frame.truth.shape)
        centers = decode_dots(rgb, meta).astype(np.int64)
        ids = [(i, entry.scored) for entry in meta.foreground for i in entry.ids]
        hit = frame.truth.instance[centers[:, 1], centers[:, 0]]
        inside = hit[:, None] == np.array([i for i, _ in ids], np.uint32)
        return point_metrics(inside, np.array([scored for _, scored in ids], bool))

    def summarise(self, scores: Sequence[dict[str, float]]) -> dict[str, float]:
        """Return the mean error of the count, the share of right counts, and F1 over all points."""
        return point_summary(scores)

    def audit(
        self, frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta
    ) -> list[str]:
        """Check that each visible instance of the class has its dot, and that nothing else is painted."""
        return dot_problems(frame, target, parsed, meta)
