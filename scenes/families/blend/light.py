"""The light of a setting: its own, or its lamps dimmed and tinted, or another world seen through its windows."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.families.blend.parameters import BlendParameters
from scenes.families.blend.sight import Sight
from scenes.scene import Hdri, Sky, World
from scenes.settings import SurveyedSetting
from scenes.settings.spec import OwnWorld, Setting

__all__ = ["light_setting"]

OPEN = 0.004  # share of open directions from which another world makes a difference
BRIGHT = 0.02  # share from which the world alone lights the setting
SKIES = 0.6  # of other worlds; the rest are light probes
BOTTOMLESS = 0.01  # share of open downward directions from which a sky, which ends at the horizon, is not used
TINTS: tuple[Rgb, ...] = ((1.0, 1.0, 1.0), (1.0, 0.86, 0.7), (1.0, 0.93, 0.85), (0.86, 0.93, 1.0))


def light_setting(
    rng: np.random.Generator, blend: SurveyedSetting, sight: Sight, parameters: BlendParameters
) -> tuple[Setting, World]:
    """The setting with its lamps, and the world."""
    own, swap, off, power, tint = rng.random(5)
    openness = sight.openness
    world = _world(rng, swap < SKIES and sight.bottomless < BOTTOMLESS)
    base = Setting(file=blend.name, digest=blend.digest, offset=blend.offset)
    lit = blend.lamps + blend.suns > 0 or blend.glows or blend.world
    mine = OwnWorld(category="sky" if blend.sky else "backdrop")
    if lit and own < parameters.own_light:
        return base, mine
    strength = round(float(2 ** (2 * power - 1)), 4)
    varied = base.model_copy(update={"lamps": strength, "tint": TINTS[int(tint * len(TINTS))]})
    if openness < OPEN and lit:
        return varied, mine
    if openness >= BRIGHT and off < 0.4:
        varied = base.model_copy(update={"lamps": 0.0})
    return varied.model_copy(update={"suns": False}), world


def _world(rng: np.random.Generator, sky: bool) -> World:
    elevation, rotation, clouds = draw.uniform(rng, 0.12, 1.2), draw.uniform(rng, 0, 2 * np.pi), rng.random()
    names = ("city", "courtyard", "forest", "sunset")
    name = draw.choice(rng, names)
    if not sky:
        return Hdri(name=name, rotation=round(float(rotation), 4))
    return Sky(
        sun_elevation=round(float(elevation), 4),
        sun_rotation=round(float(rotation), 4),
        clouds=round(max(0.0, clouds * 1.6 - 0.6), 3),
    )
