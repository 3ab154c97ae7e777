"""The content of the user's folders, measured once: all that sampling needs, so that it opens none of the files."""

from typing import Annotated

import numpy as np
from pydantic import Field

from scenes import draw
from scenes.base import Positive, Spec, Vec3
from scenes.catalog import finished
from scenes.colors import COLOR_NAMES, sample_color
from scenes.material import Material, MaterialKind
from scenes.mesh import Floats
from scenes.model import ObjectSpec, Part
from scenes.scene import Panorama
from scenes.settings.survey import SurveyedSetting
from scenes.shapes import Imported
from scenes.taxonomy import Category, Taxonomy, load_taxonomy

__all__ = ["Asset", "AssetLibrary", "Digest", "EnvironmentMap", "TextureSet"]

Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Asset(Spec):
    """A mesh file of a category. `points` are its extreme points, centred on the z axis, standing on z = 0.

    bare: its file has no materials (as .stl has none), so it is painted in a sampled colour.
    color, material: words for it, if its label has them.
    """

    name: str
    category: str
    digest: Digest
    points: Annotated[tuple[Vec3, ...], Field(min_length=4)]
    bare: bool = False
    color: str = ""
    material: str = ""

    @property
    def size(self) -> Floats:
        """Its extent along x, y and z in metres."""
        return np.ptp(np.array(self.points), axis=0)

    def model(self, rng: np.random.Generator, own: tuple[Category, ...], scale: float = 1.0) -> ObjectSpec:
        """The asset as an object, `scale` times its size; `own` are the library's categories."""
        color_name = draw.choice(rng, COLOR_NAMES)
        paint = Material(kind="matte_plastic", name=self.material or "plastic", color=sample_color(rng, color_name))
        shape = Imported(file=self.name, digest=self.digest, points=self.points)
        part = Part(name=self.category, shape=shape, material=paint, scale=(scale, scale, scale))
        color = self.color or (color_name if self.bare else "")
        material = self.material or (paint.name if self.bare else "")
        return finished(ObjectSpec(category=self.category, parts=(part,), color=color, material=material), own=own)


class EnvironmentMap(Spec):
    """An equirectangular .hdr or .exr; `strength` brings its mean luminance to that of Blender's own maps."""

    name: str
    digest: Digest
    strength: Positive = 1.0
    sky: bool = False  # whether what it shows may be called sky

    def world(self, rotation: float) -> Panorama:
        """A world of this map, turned by `rotation` (radians)."""
        return Panorama(
            file=self.name,
            digest=self.digest,
            rotation=round(rotation, 4),
            strength=self.strength,
            category="sky" if self.sky else "backdrop",
        )


class TextureSet(Spec):
    """A set of textures that stands for one kind of material; one repeat of it is `width` metres wide."""

    name: str
    kind: MaterialKind
    digest: Digest
    width: Positive = 1.0


class AssetLibrary(Spec):
    """All that the user brings. `digest` names its content: equal digests, equal scenes.

    categories: the user's own categories that its assets and settings have.
    files: the SHA-256 of the prepared file of each digest. Preparing a file again gives other bytes, so that they are
    no part of `digest`.
    """

    assets: tuple[Asset, ...] = ()
    blends: tuple[SurveyedSetting, ...] = ()
    probes: tuple[EnvironmentMap, ...] = ()
    surfaces: tuple[TextureSet, ...] = ()
    categories: tuple[Category, ...] = ()
    digest: str = ""
    files: dict[str, Digest] = Field(default_factory=dict)

    @property
    def taxonomy(self) -> Taxonomy:
        """The built-in categories and the user's."""
        return load_taxonomy(self.categories)

    def own(self, names: set[str]) -> tuple[Category, ...]:
        """The user's categories among `names`."""
        return tuple(category for category in self.categories if category.name in names)
