"""Hair described by its style, a few numbers and the face it grows over."""

from typing import Annotated, Literal

from pydantic import Field

from scenes.base import Spec, Unit
from scenes.blob.specs import Ring
from scenes.face.specs import ActionUnits, FaceTraits

__all__ = ["HairPiece", "HairStyle"]

HairStyle = Literal["cropped", "short", "parted", "bob", "long", "bun", "ponytail", "curly"]


class HairPiece(Spec):
    """All hair of one head, closed, in the head's own coordinates.

    traits, actions, neck: those of the face under it (`FacePiece`), whose skin it lies on. line: how much higher the
    hairline is than usual, metres. end: height of the ends of hanging hair, or of a bun, metres. receding: of the
    temples, a share. fringe: hangs over the forehead. hat: flat where a hat sits on it. seed: of its locks.
    """

    kind: Literal["hair"] = "hair"
    style: HairStyle
    traits: FaceTraits
    actions: ActionUnits
    neck: tuple[Ring, Ring, Ring]
    line: Annotated[float, Field(ge=-0.02, le=0.02)] = 0.0
    end: Annotated[float, Field(ge=-0.4, le=0.12)] = 0.0
    receding: Unit = 0.0
    fringe: bool = False
    hat: bool = False
    seed: Annotated[int, Field(ge=0, lt=2**31)] = 0
