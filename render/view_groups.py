"""The order of a scene's renders: the truths of some views, without shaders; then their images, without outputs."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import batched

import bpy

from encode.formulas.indices import ViewIndex
from render.materials.graph import SHADER_SWITCH
from render.passes import remove_outputs
from render.settings import RenderSettings

__all__ = ["ViewGroup", "set_shaders", "view_groups"]

#: Pixels of a group's views. Truths that wait for their images take up to 45 bytes a pixel.
MOST_PIXELS = 4_194_304
#: A truth gains as much by having no shaders as so many samples of an image gain by having no outputs.
TRUTH_GAINS = 10
#: Samples of all pixels of a group, truths counted as `TRUTH_GAINS`, from which to prepare renders takes less time than
#: is gained (benchmarks/RESULTS.md): Cycles compiles all materials anew.
PREPARED_FROM = 3_000_000


@dataclass(frozen=True, slots=True)
class ViewGroup:
    """Views whose truths are rendered before their images.

    prepared: whether truths are rendered without shaders and images without the truth's outputs. No pixel changes.
    """

    views: tuple[ViewIndex, ...]
    prepared: bool

    def prepare_truths(self) -> None:
        """Take the shaders away from surfaces without holes: no light is looked for, and no ray goes on from them."""
        if self.prepared:
            set_shaders(on=False)

    def prepare_images(self) -> None:
        """Give surfaces their shaders back, and take the outputs out: for their sake Cycles works out all relief."""
        if self.prepared:
            set_shaders(on=True)
            remove_outputs()


def view_groups(settings: RenderSettings, views: int) -> Iterator[ViewGroup]:
    """All views of a scene in order, in groups; `views` is how many there are."""
    pixels = settings.width * settings.height
    for group in batched(range(views), max(1, MOST_PIXELS // pixels)):
        gained = len(group) * pixels * (settings.samples + TRUTH_GAINS)
        yield ViewGroup(tuple(map(ViewIndex, group)), gained >= PREPARED_FROM)


def set_shaders(*, on: bool) -> None:
    """Whether surfaces without holes have their shaders in the renders that follow; others always do."""
    for material in bpy.data.materials:
        switch = material.node_tree and material.node_tree.nodes.get(SHADER_SWITCH)
        if switch and switch.bl_idname == "ShaderNodeMixShader":  # a user's material may have any nodes
            switch.inputs[0].default_value = 0.0 if on else 1.0
