"""All that adding a task needs, besides the public names of `encode` (docs/add-a-task.md).

- The task: implement `encode.Task`; `make` gets a `PairRequest` and joins a `Painting` by `finish_pair`.
- Prompts: `choose_template` draws a `Template`, whose `write` gives the text; `choice` and `shuffled` draw from a
  sequence.
- Flat colours: `draw_palette` for distinguishable colours, `paint_ids` and `mask_of` for id maps,
  `flat_decoding` and `legend_decoding` for `meta`, `decode_entries`, `entry_masks` and `entry_confidence` for
  answers, `PaintedMask` and `flat_problems` for the audit.
- Other codecs: `Decoding` holds their name, parameters and colours, `meta_problems` and `pixel_problems` audit them.
- Scores: the functions of `encode.metrics`.
"""

from encode.draw import choice, shuffled
from encode.metrics import (
    albedo_metrics,
    amodal_metrics,
    boundary_metrics,
    boundary_summary,
    depth_metrics,
    instance_metrics,
    instance_summary,
    mean_scores,
    normal_metrics,
    referring_metrics,
    referring_summary,
    semantic_metrics,
    semantic_summary,
)
from encode.pair import BACKGROUND, BLACK, RGB, CodecParameter, ColorEntry, Decoding, no_surface_entry
from encode.problems import meta_problems, pixel_problems
from encode.prompts.template import Template, choose_template
from encode.segmentation.flat_colors import FLAT_PARAMETERS, decode_entries, entry_confidence, entry_masks
from encode.segmentation.flat_task import (
    PaintedMask,
    Palette,
    draw_palette,
    flat_decoding,
    flat_problems,
    legend_decoding,
)
from encode.segmentation.paint import mask_of, paint_ids
from encode.task import Painting, PairRequest, finish_pair

__all__ = [
    "BACKGROUND",
    "BLACK",
    "FLAT_PARAMETERS",
    "RGB",
    "CodecParameter",
    "ColorEntry",
    "Decoding",
    "PaintedMask",
    "Painting",
    "PairRequest",
    "Palette",
    "Template",
    "albedo_metrics",
    "amodal_metrics",
    "boundary_metrics",
    "boundary_summary",
    "choice",
    "choose_template",
    "decode_entries",
    "depth_metrics",
    "draw_palette",
    "entry_confidence",
    "entry_masks",
    "finish_pair",
    "flat_decoding",
    "flat_problems",
    "instance_metrics",
    "instance_summary",
    "legend_decoding",
    "mask_of",
    "mean_scores",
    "meta_problems",
    "no_surface_entry",
    "normal_metrics",
    "paint_ids",
    "pixel_problems",
    "referring_metrics",
    "referring_summary",
    "semantic_metrics",
    "semantic_summary",
    "shuffled",
]
