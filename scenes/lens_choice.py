"""The choices of lenses that a configuration has. Needs no numpy."""

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from encode.formulas.lens import LensModel

__all__ = ["LENS_CHOICES", "LensChoice"]

LensChoice = Literal["pinhole", "distorted", "fisheye", "mixed"]
#: The models that a view may get, all equally likely.
LENS_CHOICES: dict[LensChoice, "tuple[LensModel, ...]"] = {
    "pinhole": ("pinhole",),
    "distorted": ("radial-tangential",),
    "fisheye": ("fisheye",),
    "mixed": ("pinhole", "radial-tangential", "fisheye"),
}
