"""What a configuration may say about rooms."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from scenes.base import Unit
from scenes.families.subject_shares import SubjectShares

__all__ = ["KINDS", "MOODS", "Mood", "RoomKind", "RoomParameters"]

RoomKind = Literal["living room", "bedroom", "kitchen", "office", "bathroom"]
Mood = Literal["day", "sun", "evening", "night"]
KINDS: tuple[RoomKind, ...] = ("living room", "bedroom", "kitchen", "office", "bathroom")
MOODS: tuple[Mood, ...] = ("day", "sun", "evening", "night")


class RoomParameters(SubjectShares):
    """kinds, moods: the ones to draw from; clutter: how many small objects, 0 for bare surfaces, 1 for many.

    people: at most so many; about two rooms in five have any, bathrooms seldom.
    min_side, max_side: metres, limits for the sides of the floor (bathrooms go below, to 1.9).
    """

    kinds: Annotated[tuple[RoomKind, ...], Field(min_length=1)] = KINDS
    moods: Annotated[tuple[Mood, ...], Field(min_length=1)] = MOODS
    clutter: Unit = 0.6
    people: Annotated[int, Field(ge=0, le=6)] = 2
    min_side: Annotated[float, Field(ge=2.6, le=7)] = 3.0
    max_side: Annotated[float, Field(ge=3.2, le=8)] = 5.8

    @model_validator(mode="after")
    def _sensible(self) -> "RoomParameters":
        if self.max_side < self.min_side + 0.5:
            raise ValueError("max_side must be at least 0.5 m over min_side")
        return self
