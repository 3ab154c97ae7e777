"""The relief at any point: height, slope, and the distances to the path and to the shore."""

import numpy as np

from scenes.mesh import Floats
from scenes.nature.gradient_noise import noise, ridges
from scenes.nature.specs import Land, Trail, Water

__all__ = ["EXTENT", "bare_field", "ground_height", "shore_field", "slope", "smooth", "trail_field", "water_field"]

EXTENT = 6000.0  # metres from the origin to where the land ends, behind the last ridge
_BANK = 16.0  # metres over which the shore rises to the land


def smooth(value: Floats, low: float, high: float) -> Floats:
    """0 below `low`, 1 above `high`, smooth in between."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t))


def ground_height(land: Land, points: Floats) -> Floats:
    """Metres above the water's level, or above the plain where there is none, at `points` [n, 2]."""
    natural = _natural(land, points)
    if land.water is not None:
        natural = _with_water(land, land.water, points, natural)
    if land.trail is not None:
        worn = smooth(trail_field(land, points), -0.7, 0.25)
        natural = natural - worn * (0.07 + 0.02 * noise(points, 1.3, land.seed + 5, octaves=2))
    return natural


def slope(land: Land, points: Floats, step: float = 0.8) -> Floats:
    """Slope (rise over run) at `points` [n, 2]."""
    east, north = np.array([step, 0.0]), np.array([0.0, step])
    dx = ground_height(land, points + east) - ground_height(land, points - east)
    dy = ground_height(land, points + north) - ground_height(land, points - north)
    return np.asarray(np.hypot(dx, dy) / (2 * step))


def _natural(land: Land, points: Floats) -> Floats:
    far = np.linalg.norm(points, axis=1)
    ground = land.rolling * noise(points, land.feature, land.seed, octaves=4, gain=0.42)
    near = far < 250
    # What is underfoot is finer than the mesh can hold farther out.
    ground[near] += land.rough * noise(points[near], 4.0, land.seed + 1, octaves=3) * (1 - smooth(far[near], 60, 250))
    if land.dunes:
        ground += _dunes(land, points)
    risen = far > land.rise_from
    ground[risen] += _mountains(land, points[risen], far[risen])
    return ground


def _dunes(land: Land, points: Floats) -> Floats:
    """Crests across the wind, gentle to windward and steep to leeward, broken by the noise."""
    wind = land.seed % 628 / 100
    along = points @ np.array([np.cos(wind), np.sin(wind)])
    bent = along / (9 * land.dunes) + 0.9 * noise(points, 22 * land.dunes, land.seed + 2, octaves=2)
    phase = bent - np.floor(bent)
    form = np.where(phase < 0.72, phase / 0.72, (1 - phase) / 0.28)
    height = 0.55 + 0.6 * noise(points, 30 * land.dunes, land.seed + 3, octaves=2)
    return np.asarray(land.dunes * np.maximum(height, 0.05) * form * form * (3 - 2 * form))


def _mountains(land: Land, points: Floats, far: Floats) -> Floats:
    """A rim that rises with distance and is low on one side, where views are longer."""
    width = max(6.0 * land.rise, 500.0)
    soft = 0.5 + 0.5 * noise(points, width, land.seed + 7, octaves=5, gain=0.45)
    sharp = ridges(points, 1.3 * width, land.seed + 8)
    form = soft * (1 - land.craggy) + sharp * land.craggy
    opening = land.seed % 359 * np.pi / 180
    side = 0.62 - 0.38 * np.cos(np.arctan2(points[:, 1], points[:, 0]) - opening)
    grown = smooth(far, land.rise_from, 3.2 * land.rise_from)
    rim = 0.3 * smooth(far, 0.45 * EXTENT, 0.9 * EXTENT)
    return np.asarray(land.rise * (grown * side * form**1.3 + rim))


def _with_water(land: Land, water: Water, points: Floats, natural: Floats) -> Floats:
    """The land lifted clear of the water's level, the bed hollowed out, and a beach between them."""
    inside = water_field(land, points)
    dry = 0.4 + 0.7 * np.logaddexp(0.0, (natural - 0.4) / 0.7)
    shore = np.maximum(-inside, 0)
    fine = 0.05 * noise(points, 2.2, land.seed + 9, octaves=3)
    beach = 0.07 * np.minimum(shore, 8) + fine * smooth(shore, 0, 3)
    bed = -2.2 * (1 - np.exp(-np.maximum(inside, 0) / 8)) + fine * 0.5
    rising = smooth(shore, 0.8, _BANK if water.form == "lake" else 0.4 * _BANK)
    return np.asarray(np.where(inside > 0, bed, beach * (1 - rising) + dry * rising))


def water_field(land: Land, points: Floats) -> Floats:
    """About how many metres a point lies within the water; negative on land."""
    field = np.full(len(points), -1e6)
    if land.water is None:
        return field
    near = np.linalg.norm(points, axis=1) < land.water.away + 3 * land.water.width + 420
    field[near] = _within(land, land.water, points[near])
    return field


def _within(land: Land, water: Water, points: Floats) -> Floats:
    out = np.array([np.cos(water.heading), np.sin(water.heading)])
    if water.form == "lake":
        away = points - out * (water.away + water.width)
        ragged = 0.3 * noise(points, 0.8 * water.width, land.seed + 11, octaves=4)
        return np.asarray(water.width * (1 + ragged) - np.linalg.norm(away, axis=1))
    across, along = points @ out - water.away, points @ np.array([-out[1], out[0]])
    line = np.stack([along, np.zeros(len(along))], 1)
    bend = 3.0 * water.width * noise(line, 14 * water.width, land.seed + 12, octaves=2)
    half_width = 0.5 * water.width * (1 + 0.5 * noise(line, 3 * water.width, land.seed + 13, octaves=2))
    ragged = 0.2 * noise(points, 1.6, land.seed + 14, octaves=2)
    return np.asarray(half_width - np.abs(across - bend) + ragged - 0.05 * np.maximum(np.abs(along) - 300, 0))


def trail_field(land: Land, points: Floats) -> Floats:
    """About how many metres a point lies within the path; negative beside it."""
    field = np.full(len(points), -1e6)
    if land.trail is None:
        return field
    near = np.linalg.norm(points, axis=1) < 450
    field[near] = _on_trail(land, land.trail, points[near])
    return field


def _on_trail(land: Land, trail: Trail, points: Floats) -> Floats:
    ragged = 0.12 * noise(points, 0.9, land.seed + 21, octaves=3)
    off = np.abs(-water_field(land, points) - trail.away) if land.water is not None else _off_line(land, trail, points)
    worn_out = 0.03 * np.maximum(np.linalg.norm(points, axis=1) - 300, 0)
    return np.asarray(trail.width / 2 + ragged - off - worn_out)


def _off_line(land: Land, trail: Trail, points: Floats) -> Floats:
    """Distance from the winding middle line, nearly: across it, corrected for its slant."""
    ahead = np.array([np.cos(trail.heading), np.sin(trail.heading)])
    along, across = points @ ahead, points @ np.array([-ahead[1], ahead[0]]) - trail.away

    def line(at: Floats) -> Floats:
        return trail.winding * noise(np.stack([at, np.zeros(len(at))], 1), 26.0, land.seed + 22, octaves=2)

    slant = (line(along + 0.5) - line(along - 0.5)) / 1.0
    return np.asarray(np.abs(across - line(along)) / np.sqrt(1 + slant**2))


def shore_field(land: Land, points: Floats) -> Floats:
    """Positive on the strip beside water that waves keep bare."""
    field = np.full(len(points), -1e6)
    if land.water is None:
        return field
    inside = water_field(land, points)
    close = np.abs(inside) < 8
    field[inside >= 8] = 8.0
    strip = 2.2 if land.water.form == "lake" else 0.7
    field[close] = inside[close] + strip * (1 + 0.7 * noise(points[close], 3.0, land.seed + 15, octaves=3))
    return field


def bare_field(land: Land, points: Floats) -> Floats:
    """Positive on patches where nothing grows."""
    if land.bare == 0:
        return np.full(len(points), -1e6)
    return np.asarray(noise(points, 7.0, land.seed + 31, octaves=4, gain=0.6) + 1.1 * land.bare - 0.62)
