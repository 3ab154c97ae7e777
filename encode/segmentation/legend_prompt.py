"""Prompts with a legend: its entries, and the background where the template has no slot for it, in a drawn style."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from encode.draw import choice
from encode.pair import BACKGROUND, ColorEntry
from encode.prompts.legend import LEGEND_SLOTS
from encode.prompts.template import Template
from encode.segmentation.flat_task import Palette

__all__ = ["write_legend_prompt"]


def write_legend_prompt(
    template: Template,
    rng: np.random.Generator,
    entries: Sequence[ColorEntry],
    palette: Palette,
    plurals: Collection[str],
    values: Mapping[str, str],
) -> str:
    """Write the prompt. plurals: labels that take "are". values: of the template's other slots."""
    listed = [(entry.label, palette.write(entry.rgb)) for entry in entries]
    background = palette.write(palette.background)
    slot = next(slot for slot in LEGEND_SLOTS if slot in template.slots)
    if "background" not in template.slots:
        listed.append(("the background" if slot == "sentence" else BACKGROUND, background))
    written = {slot: choice(rng, LEGEND_SLOTS[slot]).write(listed, plurals), "background": background}
    return template.write(rng, {**values, **written})
