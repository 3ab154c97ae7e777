"""What is finer than bones on a neutral face: lips, philtrum, folds, lids over the eyeballs.

x and z are a point's place on the neutral face, metres; lips meet at `LIP_LINE`, closed lids at `EYE_LINE`.
"""

import numpy as np

from scenes.face.bones import EYE, EYEBALL
from scenes.face.lattice import EYE_LINE, LIP_LINE
from scenes.face.specs import ActionUnits, FaceTraits
from scenes.mesh import Floats

__all__ = ["CANTHUS", "Slit", "bump", "fold", "lid_depth", "mouth_width", "relief"]

_FOLD = np.array([(0.0180, -0.0300), (0.0235, -0.0400), (0.0300, -0.0500), (0.0345, -0.0640)])  # nose to mouth
_LID = 0.0013  # thickness of a lid
CANTHUS = 0.0148  # half the width of an eye


def bump(a: Floats, sigma_a: float, b: Floats, sigma_b: float) -> Floats:
    """A Gaussian of height 1 over two coordinates that are 0 in its middle."""
    return np.asarray(np.exp(-((a / sigma_a) ** 2) - (b / sigma_b) ** 2))


def mouth_width(traits: FaceTraits) -> float:
    """From the middle of the mouth to a corner, metres."""
    return 0.0245 * traits.mouth


def fold(x: Floats, z: Floats) -> tuple[Floats, Floats]:
    """Distance from the line between cheek and lip, metres, positive on the cheek; and 1 along it, 0 past its ends."""
    line = np.interp(-z, -_FOLD[:, 1], _FOLD[:, 0])
    along = np.clip((_FOLD[0, 1] + 0.004 - z) / 0.008, 0, 1) * np.clip((z - _FOLD[-1, 1] + 0.006) / 0.012, 0, 1)
    return np.asarray((np.abs(x) - line) * 0.8), np.asarray(along)


def relief(x: Floats, z: Floats, traits: FaceTraits) -> Floats:
    """How far the skin stands out to the front, metres."""
    width = mouth_width(traits)
    across = np.clip(1 - (x / width) ** 2, 0, 1)
    side, up = np.abs(x), z - LIP_LINE
    none = np.zeros_like(x)
    lips = (0.4 + 0.6 * traits.lips) * across**0.7
    out = 0.0040 * lips * bump(up - 0.0030, 0.0038, none, 1) + 0.0044 * lips * bump(up + 0.0048, 0.0044, none, 1)
    out = out - 0.0016 * across**0.5 * bump(up, 0.0016, none, 1)
    out = out - 0.0012 * bump(side - width - 0.001, 0.005, up, 0.005)
    philtrum = np.clip((z + 0.0545) / 0.003, 0, 1) * np.clip((-0.0425 - z) / 0.003, 0, 1)
    out = out + philtrum * (0.0007 * bump(side - 0.0055, 0.0025, none, 1) - 0.0009 * bump(x, 0.0032, none, 1))
    out = out - 0.0026 * bump(x, 0.022, z + 0.0755, 0.0052)
    off, along = fold(x, z)
    deep = 0.0002 + 0.0012 * traits.age
    out = out + along * deep * (0.7 * bump(off - 0.007, 0.006, none, 1) - bump(off, 0.0044, none, 1))
    out = out + traits.age * (0.0016 * bump(side - 0.030, 0.013, z + 0.0105, 0.0045))
    out = out - traits.age * (0.0022 * bump(side - 0.040, 0.016, z + 0.040, 0.016))
    out = out + traits.age * 0.003 * bump(side - 0.034, 0.012, z + 0.080, 0.012)
    out = out - 0.0045 * bump(side - 0.0068, 0.0030, z + 0.0400, 0.0018)  # nostrils
    return np.asarray(out)


class Slit:
    """The eye's opening: where its margins are, of a left eye in x and both eyes alike."""

    def __init__(self, traits: FaceTraits, actions: ActionUnits) -> None:
        closed = actions.au43
        wide = 1 + 0.35 * actions.au5 - 0.12 * traits.age
        look = EYEBALL * np.sin(actions.gaze[1])
        narrow = 0.45 * actions.au6 + 0.2 * actions.au4
        self.upper = (1 - closed) * max(0.0054 * traits.eyes * wide * (1 - 0.25 * narrow) + 0.75 * look, 0.0008)
        self.lower = (1 - closed) * (0.0039 * traits.eyes * (1 - 0.6 * narrow) - 0.35 * look)
        self.tilt = traits.tilt

    def across(self, x: Floats) -> Floats:
        """From the inner corner, -1, to the outer one, 1."""
        return np.asarray((np.abs(x) - EYE[0]) / CANTHUS)

    def opened(self, x: Floats, z: Floats, above: Floats) -> Floats:
        """Heights of points of closed lids at (x, z) once they are open; `above` [..] bool: of the upper lid."""
        t = self.across(x)
        within = np.clip(1 - np.abs(t + 0.06) ** 2.3, 0, 1)
        below = np.clip(1 - np.abs(t - 0.1) ** 2.2, 0, 1)
        off = z - EYE_LINE
        up, down = self.upper * within**0.9 * _fade(off / 0.0135), self.lower * below * _fade(-off / 0.0115)
        rise = np.where(above, up, -down)
        return np.asarray(z + rise + self.tilt * np.clip(t, -1.2, 1.2) * _fade(np.abs(off) / 0.016))


def lid_depth(x: Floats, y: Floats, z: Floats, inner: Floats) -> Floats:
    """The y of lids drawn over the eyeball: skin at (x, y, z) where it is nearer; `inner` [..]: 1 behind the lids."""
    ex, ey, ez = EYE
    radius = EYEBALL + _LID
    flat = (np.abs(x) - ex) ** 2 + (z - ez) ** 2
    ball = ey - np.sqrt(np.maximum(radius**2 - flat, 0.0))
    near = np.maximum(0.004 - np.abs(y - ball), 0.0)
    melted = np.minimum(y, ball) - near * near / 0.016
    over = np.where(flat < radius**2, melted, y)
    return np.asarray(over + inner * 0.0045)


def _fade(share: Floats) -> Floats:
    """1 at 0 and 0 from 1 on, level at both ends; 1 below 0."""
    s = np.clip(share, 0, 1)
    return np.asarray((1 - s) ** 2 * (1 + 2 * s))
