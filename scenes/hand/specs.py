"""Hands described by the angles of their joints."""

from typing import Annotated, Literal

from pydantic import Field

from scenes.base import Positive, Spec, Unit, Vec3

__all__ = ["HandSkin", "Nails"]

Flexion = Annotated[float, Field(ge=-0.6, le=1.9)]
Finger = tuple[Flexion, Flexion, Flexion]


class HandSkin(Spec):
    """A hand with its wrist at the origin: -z along the straight fingers, -y out of the palm. Angles in radians.

    length: from the wrist to the tip of the middle finger, metres; girth: how thick it is, 1 for a man's mean; bony:
    how far knuckles stand out.
    fingers: flexion of the knuckle and of the two joints beyond it, from the index to the little finger; spread: of
    the fingers, 1 at ease.
    thumb: its turn at the root about the axes toward the little finger, out of the palm and along the fingers, from
    where it lies at ease; thumb_flexion: of its two joints beyond the root.
    forearm: where the skin ends inside the sleeve, with its radius there.
    """

    kind: Literal["hand"] = "hand"
    left: bool = False
    length: Positive
    girth: Positive = 1.0
    bony: Unit = 0.4
    fingers: tuple[Finger, Finger, Finger, Finger]
    spread: float = 1.0
    thumb: Vec3 = (0.0, 0.0, 0.0)
    thumb_flexion: tuple[Flexion, Flexion] = (0.2, 0.2)
    forearm: tuple[float, float, float, Positive]


class Nails(Spec):
    """The five nails of `hand`, in its axes; `free`: how far they stand over, in shares of their length."""

    kind: Literal["nails"] = "nails"
    hand: HandSkin
    free: Unit = 0.06
