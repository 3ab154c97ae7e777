"""Muscles of the face: how each action unit moves the neutral skin.

Units as in Ekman and Friesen, Facial Action Coding System, 1978. Displacements in metres at full strength, measured
by eye on their pictures.
"""

import numpy as np

from scenes.face.lattice import LIP_LINE
from scenes.face.relief import bump, fold, mouth_width
from scenes.face.specs import ActionUnits, FaceTraits
from scenes.mesh import Floats

__all__ = ["moved"]

_JAW_TURN = 0.2  # radians at full strength of AU26
_JOINT = (0.004, -0.018)  # y and z of the axis about which the jaw turns, metres


def moved(points: Floats, z: Floats, upper: Floats, hang: Floats, traits: FaceTraits, actions: ActionUnits) -> Floats:
    """Points [..., 3] of the neutral skin where the muscles draw them.

    z [...]: their heights on the neutral face; upper [...]: whether they are over the line between the lips; hang
    [...]: how far a point follows the jaw because of its row.
    """
    x, y = points[..., 0], points[..., 1]
    front = np.clip((-y - 0.03) / 0.03, 0, 1)
    out = points.copy()
    _mouth(out, x, z, upper, front, traits, actions)
    _cheeks(out, x, z, front, actions, traits)
    _brows(out, x, z, front, actions)
    _drop(out, x, y, z, upper, hang, traits, actions)
    return out


def _mouth(
    out: Floats, x: Floats, z: Floats, upper: Floats, front: Floats, traits: FaceTraits, actions: ActionUnits
) -> None:
    """AU12, AU18, AU24 and AU25."""
    width, up = mouth_width(traits), z - LIP_LINE
    side, sign = np.abs(x), np.sign(x)
    corner = front * bump(side - width, 0.015, up, 0.016) * actions.au12
    out[..., 0] += sign * 0.0065 * corner
    out[..., 1] += 0.0045 * corner
    out[..., 2] += 0.0075 * corner
    middle = front * bump(x, 0.016, up, 0.013)
    across = np.clip(1 - (x / width) ** 2, 0, 1)
    out[..., 1] += 0.0018 * actions.au12 * middle
    part = front * across * actions.au25
    over, under = bump(up, 0.011, 0 * x, 1) * upper, bump(up, 0.012, 0 * x, 1) * (1 - upper)
    out[..., 2] += part * over * (0.0012 + 0.0035 * actions.au12)
    out[..., 2] -= part * under * 0.0030
    pucker = front * bump(x, 0.03, up, 0.016) * actions.au18
    out[..., 0] -= 0.36 * x * pucker
    out[..., 1] -= 0.0055 * pucker * across**0.5
    press = front * across * bump(up, 0.008, 0 * x, 1) * actions.au24
    out[..., 2] -= 0.35 * up * press
    out[..., 1] += 0.0022 * press


def _cheeks(out: Floats, x: Floats, z: Floats, front: Floats, actions: ActionUnits, traits: FaceTraits) -> None:
    """AU6, and what AU12 does to the cheek: it rises and bulges over the fold from nose to mouth."""
    pull = max(0.75 * actions.au12, actions.au6)
    side, sign = np.abs(x), np.sign(x)
    apple = front * pull * bump(side - 0.038, 0.016, z + 0.026, 0.015)
    out[..., 0] += sign * 0.0022 * apple
    out[..., 1] -= 0.0038 * apple
    out[..., 2] += 0.0035 * apple
    off, along = fold(x, z)
    crease = front * along * actions.au12
    out[..., 1] += crease * (0.0017 + 0.0006 * traits.age) * bump(off, 0.0046, 0 * x, 1)
    out[..., 1] -= crease * 0.0010 * bump(off - 0.008, 0.006, 0 * x, 1)
    pouch = front * actions.au6 * bump(side - 0.031, 0.014, z + 0.0085, 0.004)
    out[..., 1] -= 0.0012 * pouch
    wings = front * actions.au12 * bump(side - 0.015, 0.007, z + 0.035, 0.008)
    out[..., 0] += sign * 0.0013 * wings


def _brows(out: Floats, x: Floats, z: Floats, front: Floats, actions: ActionUnits) -> None:
    """AU1, AU2 and AU4."""
    side, sign = np.abs(x), np.sign(x)
    inner = front * bump(side - 0.010, 0.014, z - 0.026, 0.013)
    outer = front * bump(side - 0.038, 0.016, z - 0.026, 0.013)
    out[..., 2] += 0.0060 * actions.au1 * inner + 0.0060 * actions.au2 * outer
    knit = front * actions.au4
    out[..., 2] -= knit * (0.0058 * inner + 0.0018 * outer)
    out[..., 0] -= knit * sign * 0.0030 * bump(side - 0.016, 0.010, z - 0.022, 0.010)
    out[..., 1] -= knit * 0.0020 * bump(side - 0.012, 0.006, z - 0.0195, 0.007)
    out[..., 1] += knit * 0.0016 * bump(side - 0.0045, 0.0025, z - 0.023, 0.010)


def _drop(
    out: Floats, x: Floats, y: Floats, z: Floats, upper: Floats, hang: Floats, traits: FaceTraits, actions: ActionUnits
) -> None:
    """AU26: what hangs on the jaw turns about its joint; the lips part, their corners go half the way."""
    joined = np.clip(np.abs(x) / mouth_width(traits), 0, 1) ** 3
    off = np.abs(z - LIP_LINE)
    share = np.where(
        upper > 0.5, 0.5 * joined * np.exp(-((off / 0.015) ** 2)), 1 - 0.5 * joined * np.exp(-((off / 0.015) ** 2))
    )
    behind = np.clip((0.012 - y) / 0.05, 0, 1)
    share = share * hang * behind * behind * (3 - 2 * behind)
    angle = _JAW_TURN * actions.au26 * share
    ahead, over = out[..., 1] - _JOINT[0], out[..., 2] - _JOINT[1]
    out[..., 1] = _JOINT[0] + ahead * np.cos(angle) - over * np.sin(angle)
    out[..., 2] = _JOINT[1] + ahead * np.sin(angle) + over * np.cos(angle)
