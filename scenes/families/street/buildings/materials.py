"""Materials of buildings, in the colours that towns have."""

from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.craft.finishes import finish, metal, vary
from scenes.material import Material, MaterialKind

__all__ = ["Town", "sample_town"]

_BRICKS: tuple[Rgb, ...] = (
    (0.52, 0.27, 0.19),
    (0.62, 0.38, 0.26),
    (0.66, 0.53, 0.37),
    (0.43, 0.25, 0.2),
    (0.56, 0.45, 0.38),
    (0.37, 0.33, 0.31),
)
_RENDERS: tuple[Rgb, ...] = (
    (0.87, 0.84, 0.78),
    (0.85, 0.75, 0.58),
    (0.82, 0.67, 0.55),
    (0.72, 0.76, 0.74),
    (0.66, 0.73, 0.78),
    (0.83, 0.72, 0.7),
    (0.75, 0.78, 0.65),
    (0.7, 0.45, 0.36),
    (0.86, 0.8, 0.62),
    (0.6, 0.62, 0.62),
)
_DOORS: tuple[Rgb, ...] = (
    (0.1, 0.16, 0.28),
    (0.45, 0.08, 0.08),
    (0.08, 0.22, 0.15),
    (0.08, 0.08, 0.09),
    (0.85, 0.84, 0.8),
    (0.75, 0.58, 0.18),
    (0.3, 0.4, 0.45),
)


def _pick(rng: np.random.Generator, colors: tuple[Rgb, ...], amount: float = 0.06) -> Rgb:
    return vary(rng, draw.choice(rng, colors), amount)


def _brickwork(rng: np.random.Generator) -> Material:
    return finish(
        rng, "brick", "brick", _pick(rng, _BRICKS), scale=0.235, roughness=0.9, wear=draw.uniform(rng, 0, 0.4)
    )


def _render(rng: np.random.Generator) -> Material:
    kind: MaterialKind = "stucco" if draw.chance(rng, 0.4) else "plaster"
    scale = 0.2 if kind == "stucco" else 0.5
    return finish(rng, kind, "render", _pick(rng, _RENDERS), scale=scale, wear=draw.uniform(rng, 0.1, 0.6))


def _limestone(rng: np.random.Generator) -> Material:
    """Sawn blocks, laid level."""
    gray = draw.uniform(rng, 0.62, 0.8)
    color = vary(rng, (gray, 0.94 * gray, 0.82 * gray))
    return finish(rng, "tiles", "stone", color, scale=draw.uniform(rng, 0.45, 0.7), roughness=0.85, wear=0.4)


def _concrete(rng: np.random.Generator) -> Material:
    gray = draw.uniform(rng, 0.48, 0.72)
    return finish(rng, "concrete", "concrete", vary(rng, (gray, 0.985 * gray, 0.95 * gray)), scale=0.8, wear=0.4)


def _cladding(rng: np.random.Generator) -> Material:
    """Painted sheet: white, anthracite, rust, sand."""
    choice: tuple[Rgb, ...] = (
        (0.82, 0.82, 0.8),
        (0.2, 0.21, 0.23),
        (0.45, 0.26, 0.18),
        (0.7, 0.64, 0.52),
        (0.4, 0.46, 0.5),
    )
    return finish(rng, "matte_plastic", "cladding", _pick(rng, choice), scale=0.5, roughness=0.5, wear=0.1)


def _slate(rng: np.random.Generator) -> Material:
    """Roof slates or clay tiles."""
    choice: tuple[Rgb, ...] = ((0.27, 0.28, 0.31), (0.32, 0.3, 0.3), (0.52, 0.28, 0.2), (0.42, 0.25, 0.2))
    color, wear = _pick(rng, choice), draw.uniform(rng, 0, 0.7)
    return finish(rng, "roof_tiles", "roof tiles", color, accent=(0.3, 0.33, 0.16), scale=0.2, wear=wear)


def _joinery(rng: np.random.Generator, *, door: bool = False) -> Material:
    """Painted timber or powder-coated frames; doors have stronger colours."""
    frames: tuple[Rgb, ...] = ((0.9, 0.89, 0.86), (0.9, 0.89, 0.86), (0.15, 0.15, 0.16), (0.32, 0.25, 0.2))
    color = _pick(rng, _DOORS if door else frames, 0.03)
    return finish(rng, "painted_wood", "painted wood", color, roughness=0.4, wear=0.1)


def _window_glass(rng: np.random.Generator, *, night: bool, tinted: bool = False) -> Material:
    """Glass over rooms; after dark some have lamps on."""
    color: Rgb = (0.1, 0.14, 0.16) if tinted else (0.13, 0.135, 0.14)
    cool = tinted and draw.chance(rng, 0.5)
    accent: Rgb = (
        ((0.95, 0.95, 0.9) if cool else (1.0, 0.78, 0.5))
        if night
        else (0.24, 0.27, 0.28)
        if tinted
        else (0.66, 0.62, 0.55)
    )
    return finish(
        rng,
        "pane",
        "glass",
        vary(rng, color, 0.15),
        accent=vary(rng, accent, 0.04),
        scale=0.5,
        strength=draw.uniform(rng, 1.0, 2.2) if night else 0.0,
    )


Stock = tuple[Material, ...]


@dataclass(frozen=True)
class Town:
    """The materials of one town: a few of each, so that its houses match and materials are reused."""

    bricks: Stock
    renders: Stock
    stones: Stock
    concretes: Stock
    claddings: Stock
    slates: Stock
    frames: Stock
    doors: Stock
    panes: Stock
    tinted: Stock
    iron: Material
    letters: Stock  # dark and pale

    def brickwork(self, rng: np.random.Generator) -> Material:
        """One of the bricks of the town."""
        return _one(rng, self.bricks)

    def render(self, rng: np.random.Generator) -> Material:
        """One of its renders."""
        return _one(rng, self.renders)

    def limestone(self, rng: np.random.Generator) -> Material:
        """One of its stones."""
        return _one(rng, self.stones)

    def concrete(self, rng: np.random.Generator) -> Material:
        """One of its concretes."""
        return _one(rng, self.concretes)

    def cladding(self, rng: np.random.Generator) -> Material:
        """One of its claddings."""
        return _one(rng, self.claddings)

    def slate(self, rng: np.random.Generator) -> Material:
        """One of its roof coverings."""
        return _one(rng, self.slates)

    def joinery(self, rng: np.random.Generator, *, door: bool = False) -> Material:
        """A paint of its window frames, or of its doors."""
        return _one(rng, self.doors if door else self.frames)

    def glass(self, rng: np.random.Generator, *, tinted: bool = False) -> Material:
        """One of its window panes, or a tinted one."""
        return _one(rng, self.tinted if tinted else self.panes)


def _one(rng: np.random.Generator, stock: Stock) -> Material:
    return draw.choice(rng, stock)


def sample_town(rng: np.random.Generator, *, night: bool) -> Town:
    """A town's materials; at `night` some of its windows are lit."""
    return Town(
        bricks=tuple(_brickwork(rng) for _ in range(4)),
        renders=tuple(_render(rng) for _ in range(6)),
        stones=tuple(_limestone(rng) for _ in range(2)),
        concretes=tuple(_concrete(rng) for _ in range(2)),
        claddings=tuple(_cladding(rng) for _ in range(3)),
        slates=tuple(_slate(rng) for _ in range(3)),
        frames=tuple(_joinery(rng) for _ in range(3)),
        doors=tuple(_joinery(rng, door=True) for _ in range(5)),
        panes=tuple(_window_glass(rng, night=night) for _ in range(3)),
        tinted=tuple(_window_glass(rng, night=night, tinted=True) for _ in range(2)),
        iron=metal(rng, "black"),
        letters=tuple(finish(rng, "matte_plastic", "letters", ink) for ink in ((0.08, 0.08, 0.09), (0.93, 0.91, 0.85))),
    )
