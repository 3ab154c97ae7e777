"""The light that falls on diffuse surfaces, and what the image has besides: an intrinsic decomposition."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float16

from encode.frame.truth import Channel

__all__ = ["SHADING_CHANNELS", "ShadingMaps"]


@dataclass(frozen=True, slots=True, eq=False)
class ShadingMaps:
    """What the image's linear light is made of: base colour times `shading`, plus `residual`, channel by channel.

    That is Hypersim's model of a non-diffuse residual (Roberts et al., ICCV 2021), with the base colour of
    `albedo.png`. Linear, in the units of the render before exposure.

    shading: diffuse light from lamps and other surfaces; 0 where nothing is diffuse (metals, glass, lamps, no surface).
    residual: highlights, reflections, what glass lets through, lamps and the sky; also what the image's filter and
    8 bits of base colour leave, so it may be negative.
    """

    shading: Float16[np.ndarray, "h w 3"]
    residual: Float16[np.ndarray, "h w 3"]

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width in pixels."""
        return self.shading.shape[0], self.shading.shape[1]


#: By field of `ShadingMaps`, in `shading.exr`.
SHADING_CHANNELS: dict[str, Channel] = {
    "shading": Channel(
        ("shading.R", "shading.G", "shading.B"),
        np.float16,
        "diffuse light that falls on the surface, direct and indirect, linear, before exposure; 0 where nothing is"
        " diffuse: metals, glass, lamps, no surface",
    ),
    "residual": Channel(
        ("residual.R", "residual.G", "residual.B"),
        np.float16,
        "what the linear render has besides linear base colour times shading",
    ),
}
