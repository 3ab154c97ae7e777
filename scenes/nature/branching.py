"""Branches of trees and bushes as tapering paths, grown from a seed."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from scenes import draw
from scenes.mesh import Floats
from scenes.nature.specs import Growth

__all__ = ["Branch", "skeleton"]

_GOLDEN = 2.39996


@dataclass(frozen=True, eq=False)
class Branch:
    """A path [n, 3] with its radii [n]; `order` 0 is the stem, and the highest order bears the leaves."""

    path: Floats
    radii: Floats
    order: int


@lru_cache(maxsize=32)
def skeleton(growth: Growth) -> tuple[Branch, ...]:
    """All branches of a plant: the stem first, then boughs, then twigs."""
    rng = np.random.Generator(np.random.PCG64(growth.seed))
    match growth.form:
        case "conifer":
            return _conifer(rng, growth)
        case "bush":
            return _bush(rng, growth)
        case _:
            return _broadleaf(rng, growth)


def _curve(
    rng: np.random.Generator, start: Floats, toward: Floats, length: float, *, lift: float, wander: float, count: int
) -> Floats:
    """A path [count, 3] that leaves along `toward`, bends upward by `lift` and wanders; metres."""
    path, step = [start], length / (count - 1)
    heading = toward / np.linalg.norm(toward)
    for _ in range(count - 1):
        heading = heading + np.array([0, 0, lift / count]) + rng.normal(0, wander, 3)
        heading = heading / np.linalg.norm(heading)
        path.append(path[-1] + step * heading)
    return np.array(path)


def _level(angle: float) -> Floats:
    return np.array([np.cos(angle), np.sin(angle), 0.0])


def _at(branch: Branch, share: float) -> tuple[Floats, float, Floats]:
    """Point, radius and heading at a share of the branch's length."""
    position = share * (len(branch.path) - 1)
    k = min(int(position), len(branch.path) - 2)
    t = position - k
    a, b = branch.path[k], branch.path[k + 1]
    return a + t * (b - a), float(branch.radii[k] * (1 - t) + branch.radii[k + 1] * t), (b - a) / np.linalg.norm(b - a)


def _stem(rng: np.random.Generator, growth: Growth, share: float, tip: float, wander: float) -> Branch:
    path = _curve(rng, np.zeros(3), np.array([*rng.normal(0, 0.05, 2), 1.0]), share * growth.height, lift=0.25,
                  wander=wander, count=10)  # fmt: skip
    along = np.linspace(0, 1, 10)
    radii = growth.radius * (1 - (1 - tip) * along**0.9)
    radii[0] *= 1.45  # where the roots begin
    return Branch(path, radii, 0)


def _broadleaf(rng: np.random.Generator, growth: Growth) -> tuple[Branch, ...]:
    """A stem that dissolves into boughs; the crown is an egg, widest below its middle."""
    slim = growth.form == "birch"
    stem = _stem(rng, growth, 0.92 if slim else 0.8, 0.12, 0.045)
    branches, boughs = [stem], []
    count = draw.integer(rng, 13, 18) if slim else draw.integer(rng, 10, 15)
    for k in range(count):
        share = growth.clear + (0.97 - growth.clear) * (k + draw.uniform(rng, 0, 0.8)) / count
        start, thickness, _ = _at(stem, share)
        up = (share - growth.clear) / (1 - growth.clear)
        length = (
            growth.spread
            * draw.uniform(rng, 0.8, 1.12)
            * (0.75 + 0.5 * np.sin(np.pi * min(up + 0.25, 1.0)))
            * (1 - 0.42 * up)
        )
        toward = _level(_GOLDEN * k + draw.normal(rng, 0, 0.35)) + np.array(
            [0, 0, draw.uniform(rng, 0.25, 0.7) + 1.0 * up]
        )
        path = _curve(rng, start, toward, length, lift=0.7 if not slim else -0.1, wander=0.09, count=7)
        boughs.append(Branch(path, np.linspace(0.55 * thickness, 0.12 * thickness, 7), 1))
    branches += boughs
    for bough in [*boughs, stem]:
        branches += _twigs(rng, growth, bough)
    return tuple(branches)


def _twigs(rng: np.random.Generator, growth: Growth, bough: Branch) -> list[Branch]:
    branches = []
    count = 9 if bough.order else 6
    base = float(np.linalg.norm(bough.path[-1] - bough.path[0])) if bough.order else 1.1 * growth.spread
    for k in range(count):
        share = 1.0 if k == 0 else draw.uniform(rng, 0.35, 0.97) if bough.order else draw.uniform(rng, 0.8, 1.0)
        start, thickness, heading = _at(bough, min(share, 0.999))
        toward = heading + rng.normal(0, 0.62, 3) * [1, 1, 0.8] + [0, 0, 0.12]
        length = base * draw.uniform(rng, 0.26, 0.46)
        lift = -0.7 if growth.form == "birch" else 0.15
        path = _curve(rng, start, toward, length, lift=lift, wander=0.16, count=5)
        branches.append(Branch(path, np.linspace(0.55 * thickness, 0.1 * thickness + 0.002, 5), 2))
    if growth.form == "bare":
        branches += [twig for branch in list(branches) for twig in _spurs(rng, branch)]
    return branches


def _spurs(rng: np.random.Generator, branch: Branch) -> list[Branch]:
    length = float(np.linalg.norm(branch.path[-1] - branch.path[0]))
    branches = []
    for _ in range(3):
        start, thickness, heading = _at(branch, draw.uniform(rng, 0.3, 0.95))
        path = _curve(
            rng,
            start,
            heading + rng.normal(0, 0.55, 3),
            length * draw.uniform(rng, 0.35, 0.6),
            lift=0.1,
            wander=0.15,
            count=3,
        )
        branches.append(Branch(path, np.linspace(0.6 * thickness, 0.15 * thickness + 0.0015, 3), 3))
    return branches


def _conifer(rng: np.random.Generator, growth: Growth) -> tuple[Branch, ...]:
    """A straight stem with whorls of branches, long and drooping below, short and rising on top."""
    stem = _stem(rng, growth, 1.0, 0.03, 0.012)
    branches = [stem]
    whorls = int(np.clip(growth.height * 2.2, 17, 30))
    for k in range(whorls):
        up = (k + draw.uniform(rng, 0, 0.6)) / whorls
        for n in range(6 if up < 0.8 else 5):
            share = growth.clear + (0.985 - growth.clear) * min(up + draw.uniform(rng, 0, 0.8) / whorls, 1.0)
            start, thickness, _ = _at(stem, share)
            length = growth.spread * (1.02 - up) ** 0.85 * draw.uniform(rng, 0.72, 1.1) + 0.12
            toward = _level(2 * np.pi * n / 6 + _GOLDEN * k + draw.normal(rng, 0, 0.2)) + np.array(
                [0, 0, 0.85 * up - 0.28]
            )
            path = _curve(rng, start, toward, length, lift=0.32, wander=0.04, count=5)
            branches.append(Branch(path, np.linspace(0.3 * thickness + 0.004, 0.004, 5), 2))
    return tuple(branches)


def _bush(rng: np.random.Generator, growth: Growth) -> tuple[Branch, ...]:
    """Many stems from one root."""
    branches = []
    for k in range(draw.integer(rng, 9, 14)):
        lean = draw.uniform(rng, 0.1, 1.25)
        toward = lean * _level(_GOLDEN * k + draw.normal(rng, 0, 0.3)) + [0, 0, 1.0]
        length = np.hypot(growth.height / np.hypot(1, lean), growth.spread * lean / np.hypot(1, lean))
        root = 1.5 * growth.radius * _level(_GOLDEN * k) * draw.uniform(rng, 0, 1)
        path = _curve(rng, root, toward, 0.9 * length * draw.uniform(rng, 0.75, 1.0), lift=0.3, wander=0.08, count=6)
        stem = Branch(path, np.linspace(growth.radius, 0.25 * growth.radius, 6), 1)
        branches.append(stem)
        for _ in range(5):
            start, thickness, heading = _at(stem, draw.uniform(rng, 0.3, 0.98))
            twig = _curve(rng, start, heading + rng.normal(0, 0.6, 3), length * draw.uniform(rng, 0.22, 0.42), lift=0.2,
                          wander=0.14, count=4)  # fmt: skip
            twig[:, 2] = np.maximum(twig[:, 2], 0.04)
            branches.append(Branch(twig, np.linspace(0.6 * thickness, 0.2 * thickness, 4), 2))
    return tuple(branches)
