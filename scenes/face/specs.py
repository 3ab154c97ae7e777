"""Faces described by a few numbers: what a face is like, which muscles act, and the pieces it is meshed as."""

from typing import Annotated, Literal

from pydantic import Field

from scenes.base import Positive, Spec, Unit
from scenes.blob.specs import Ring

__all__ = ["ActionUnits", "FacePiece", "FaceTraits", "PieceName"]

PieceName = Literal["skin", "lips", "lids", "lashes", "brows", "teeth", "mouth"]


class FaceTraits(Spec):
    """What differs from face to face; 1 is the mean of what is a factor, and 0 none of what is a share.

    full: fullness of the cheeks. jaw: width of the jaw and chin. length: of the chin. nose, mouth, lips: sizes.
    nose_width: of the wings. brow: how far the ridge over the eyes stands out. cheek: of the cheekbones. eyes: how
    wide the lids are open. tilt: rise of the outer corners of the eyes, metres. age: sagging and folds, a share.
    brow_size, brow_arch: half the height of the brows and their rise, metres.
    """

    full: Positive = 1.0
    jaw: Positive = 1.0
    length: Positive = 1.0
    nose: Positive = 1.0
    nose_width: Positive = 1.0
    mouth: Positive = 1.0
    lips: Positive = 1.0
    brow: Unit = 0.3
    cheek: Positive = 1.0
    eyes: Positive = 1.0
    tilt: Annotated[float, Field(ge=-0.004, le=0.004)] = 0.001
    age: Unit = 0.0
    brow_size: Positive = 0.003
    brow_arch: Annotated[float, Field(ge=0, le=0.006)] = 0.002


class ActionUnits(Spec):
    """How strongly the face's muscles act, 0 to 1, by the units of the Facial Action Coding System.

    Ekman and Friesen, Facial Action Coding System, 1978: au1 and au2 raise the brow's inner and outer end, au4 lowers
    it, au5 raises the upper lid, au6 raises the cheek, au12 pulls the corners of the lips, au18 puckers them, au24
    presses them together, au25 parts them, au26 drops the jaw, au43 closes the lids. gaze: the eyes' turn to the
    person's left and up, radians; lids follow it.
    """

    au1: Unit = 0.0
    au2: Unit = 0.0
    au4: Unit = 0.0
    au5: Unit = 0.0
    au6: Unit = 0.0
    au12: Unit = 0.0
    au18: Unit = 0.0
    au24: Unit = 0.0
    au25: Unit = 0.0
    au26: Unit = 0.0
    au43: Unit = 0.0
    gaze: tuple[float, float] = (0.0, 0.0)


class FacePiece(Spec):
    """One piece of a face, closed: the skin of the head down to the neck's foot, or what lies on or in it.

    neck: elliptic rings (x, y, z, half the width, half the depth) from the foot up to between the ears. Pieces of the
    same traits, action units and neck fit together.
    """

    kind: Literal["face"] = "face"
    piece: PieceName
    traits: FaceTraits
    actions: ActionUnits
    neck: tuple[Ring, Ring, Ring]
