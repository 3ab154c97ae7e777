"""The edge task: occlusion edges on the side of the occluder or on both sides, or the contours of objects, as lines."""

from collections.abc import Mapping, Sequence

import numpy as np
from jaxtyping import Bool, Float32, UInt8

from encode.draw import choice
from encode.edges.bands import EdgeBand, edge_bands
from encode.edges.kinds import COLOR_SLOTS, EDGE_LABELS, OCCLUSION, WIDTHS
from encode.edges.specks import without_specks
from encode.frame import Frame
from encode.metrics.boundary import boundary_summary, edge_scores
from encode.pair import BACKGROUND, BLACK, LINE_WIDTH, RGB, CodecParameter, ColorEntry, Decoding, Pair, PairMeta
from encode.prompts.parser import ParsedPrompt
from encode.prompts.template import choose_template
from encode.segmentation.flat_colors import FLAT_PARAMETERS, decode_entries, entry_confidence, entry_masks
from encode.segmentation.flat_task import PaintedMask, draw_palette, flat_decoding, flat_problems
from encode.task import Painting, PairRequest, finish_pair

__all__ = ["EdgesTask"]

# Half of the prompts ask for the occluders' side alone.
_DRAWN = ((OCCLUSION,), *EDGE_LABELS)

# Lines over more of the image than this outline nothing: grass, bare branches.
_MOST_COVERED = 0.4


class EdgesTask:
    """Lines along edges in the colours that the prompt names, as wide as it says."""

    name = "edges"

    def make(self, request: PairRequest) -> Pair | None:
        """Draw the kind of edges and the width; None where the frame has none, or where they fill the image."""
        frame, rng = request.frame, request.rng
        labels, width = choice(rng, _DRAWN), float(choice(rng, WIDTHS))
        bands = edge_bands(frame, labels, width)
        covered = sum(float(band.mask.mean()) for band in bands.values())
        if covered > _MOST_COVERED or not all(band.mask.any() for band in bands.values()):
            return None
        slots = [slot for slot, label in COLOR_SLOTS.items() if label in labels]
        template = choose_template(rng, self.name, request.split, lambda t: t.slots.issuperset(slots))
        palette = draw_palette(rng, len(labels), writes_background="background" in template.slots)
        if palette is None:
            return None
        entries = [ColorEntry(label, rgb, bands[label].ids) for label, rgb in zip(labels, palette.colors, strict=True)]
        values = {"width": str(int(width)), "background": palette.write(palette.background)}
        values |= {slot: palette.write(entry.rgb) for slot, entry in zip(slots, entries, strict=True)}
        painting = Painting(
            target=_painted(bands, entries, palette.background),
            prompt=template.write(rng, values),
            template=template,
            decoding=flat_decoding(entries, palette.background, _parameters(width)),
        )
        return finish_pair(self.name, request, painting)

    def decoding(self, parsed: ParsedPrompt) -> Decoding:
        """Return the colours of the lines, their width, and the background's colour."""
        entries = [ColorEntry(label, rgb, (i,)) for i, (label, rgb) in enumerate(parsed.legend, start=1)]
        parameters = (*FLAT_PARAMETERS, *parsed.codec_parameters)
        return flat_decoding(entries, parsed.background or BLACK, parameters)

    def decode(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> dict[str, Bool[np.ndarray, "h w"]]:
        """Return the lines of each label: each pixel by itself, since lines have gaps of a pixel; without specks."""
        index = decode_entries(rgb, meta, repair=False)
        lines = [i for i, entry in enumerate(meta.colors) if entry.label != BACKGROUND]
        return entry_masks(without_specks(index, entry_confidence(rgb, meta), lines), meta)

    def confidence(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w"]:
        """Return how much nearer each pixel is to its colour than to the next."""
        return entry_confidence(rgb, meta)

    def score(self, rgb: UInt8[np.ndarray, "h w 3"], frame: Frame, meta: PairMeta) -> dict[str, float]:
        """Return `edge_scores` of the decoded lines."""
        bands = edge_bands(frame, [entry.label for entry in meta.foreground], meta.parameter(LINE_WIDTH))
        return edge_scores(self.decode(rgb, meta), {label: band.mask for label, band in bands.items()})

    def summarise(self, scores: Sequence[dict[str, float]]) -> dict[str, float]:
        """Return precision, recall and F1 over the pixels of all lines, and the mean F1 of images."""
        return boundary_summary(scores)

    def audit(
        self, frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta
    ) -> list[str]:
        """Check that exactly the lines that the prompt asks for are painted, by depth, normals and instances."""
        labels = [label for label, _ in parsed.legend]
        width = parsed.parameter(LINE_WIDTH)
        bands = edge_bands(frame, labels, width)
        painted = [
            PaintedMask(ColorEntry(label, rgb, bands[label].ids), bands[label].mask) for label, rgb in parsed.legend
        ]
        return flat_problems(target, parsed, meta, painted, parameters=_parameters(width))


def _parameters(width: float) -> tuple[CodecParameter, ...]:
    return (*FLAT_PARAMETERS, CodecParameter(LINE_WIDTH, width))


def _painted(
    bands: Mapping[str, EdgeBand], entries: Sequence[ColorEntry], background: RGB
) -> UInt8[np.ndarray, "h w 3"]:
    height, width = bands[entries[0].label].mask.shape
    target: UInt8[np.ndarray, "h w 3"] = np.full((height, width, 3), background, np.uint8)
    for entry in entries:
        target[bands[entry.label].mask] = entry.rgb
    return target
