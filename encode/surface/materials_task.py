"""The materials task: every pixel takes the colour that the prompt gives to its material."""

import numpy as np
from jaxtyping import UInt8

from encode.draw import shuffled
from encode.frame import Frame, MaterialRecord
from encode.pair import ColorEntry, Pair, PairMeta
from encode.prompts.parser import ParsedPrompt
from encode.prompts.template import choose_template
from encode.segmentation.flat_task import PaintedMask, draw_palette, flat_decoding, flat_problems
from encode.segmentation.legend_metrics import legend_metrics
from encode.segmentation.legend_prompt import write_legend_prompt
from encode.segmentation.legend_task import LabelTask
from encode.segmentation.legends import MOST_CLASSES, count_absent, draw_by_area
from encode.segmentation.paint import mask_of, paint_entries
from encode.surface.materials import absent_materials, material_shares, visible_materials
from encode.task import Painting, PairRequest, finish_pair

__all__ = ["MaterialsTask"]

_BLACK_SHARE = 0.7


class MaterialsTask(LabelTask):
    """A legend over materials: visible ones, all or some, and absent ones."""

    name = "materials"

    def make(self, request: PairRequest) -> Pair | None:
        """Paint the materials of a drawn legend; None where the frame keeps none, or shows none that has a name."""
        frame, rng = request.frame, request.rng
        materials = _draw_legend(request)
        if frame.surface is None or not materials:
            return None
        template = choose_template(rng, self.name, request.split)
        palette = draw_palette(rng, len(materials), black_share=_BLACK_SHARE, one_set=True)
        if palette is None:
            return None
        seen = material_shares(frame)
        entries = [
            ColorEntry(material.name, rgb, (material.id,) if material.id in seen else ())
            for material, rgb in zip(materials, palette.colors, strict=True)
        ]
        painting = Painting(
            target=paint_entries(frame.surface.material, entries, palette.background),
            prompt=write_legend_prompt(template, rng, entries, palette, (), {}),
            template=template,
            decoding=flat_decoding(entries, palette.background),
        )
        return finish_pair(self.name, request, painting)

    def score(self, rgb: UInt8[np.ndarray, "h w 3"], frame: Frame, meta: PairMeta) -> dict[str, float]:
        """Return `semantic_metrics` over the asked materials and the background; {} where the frame has no truth."""
        if frame.surface is None:
            return {}
        labels = [entry.label for entry in meta.colors]
        return legend_metrics(self.decode(rgb, meta), frame.surface.material, meta, labels)

    def audit(
        self, frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta
    ) -> list[str]:
        """Look up the prompt's materials in the frame, and check that each has exactly its colour."""
        if frame.surface is None:
            return ["the frame keeps no materials"]
        known = {material.name: material.id for material in frame.surface.record.materials}
        absent = {material.name for material in absent_materials(frame)}
        problems, painted = [], []
        for label, rgb in parsed.legend:
            if label not in known:
                problems.append(f"{label!r} is no material that frames have")
                continue
            mask = mask_of(frame.surface.material, (known[label],))
            if not mask.any() and label not in absent:
                problems.append(f"whether the view shows {label!r} is not certain")
            entry = ColorEntry(label, rgb, (known[label],) if mask.any() else ())
            painted.append(PaintedMask(entry, mask))
        return problems + flat_problems(target, parsed, meta, painted)


def _draw_legend(request: PairRequest) -> list[MaterialRecord]:
    """All visible materials or some, and absent ones, in random order; none where nothing visible has a name."""
    frame, rng, shares = request.frame, request.rng, request.shares
    visible, areas = visible_materials(frame), material_shares(frame)
    if not visible:
        return []
    count = len(visible) if rng.random() < shares.full_share else int(rng.integers(1, len(visible) + 1))
    chosen = draw_by_area(rng, visible, [areas[material.id] for material in visible])[:count]
    absent = shuffled(rng, absent_materials(frame))
    count = min(count_absent(rng, len(chosen), shares.absent_entry_share), MOST_CLASSES - len(chosen))
    return shuffled(rng, [*chosen, *absent[:count]])
