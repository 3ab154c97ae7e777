"""One camera search for all families: propose many cameras, score each by named terms, keep the best.

A family says how cameras are drawn and what is good about one. The score is a sum of terms, each with a name, so that
one can print why a camera won:

    >>> print(best.explain())
    12.31 = 7 categories shown + 6.08 not bare - 1.4 too near + 0.63 chance
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from scenes import draw
from scenes.scene import Camera

__all__ = ["CHANCE", "ScoredCamera", "first_accepted", "search_cameras"]

#: Name of the random term: so that the best of all does not win every time.
CHANCE = "chance"

Proposal = TypeVar("Proposal")
Scored = TypeVar("Scored", bound="ScoredCamera")


@dataclass(frozen=True, eq=False)
class ScoredCamera:
    """A camera with the terms of its score by name: what speaks for it is positive, what against it negative."""

    camera: Camera
    terms: Mapping[str, float]

    @property
    def score(self) -> float:
        """The sum of the terms, from the first to the last."""
        total = 0.0
        for value in self.terms.values():
            total += value
        return total

    def explain(self) -> str:
        """The score and its terms in one line, for people."""
        terms = " ".join(f"{'-' if value < 0 else '+'} {abs(value):.3g} {name}" for name, value in self.terms.items())
        return f"{self.score:.4g} = {terms.removeprefix('+ ')}"


def search_cameras(
    rng: np.random.Generator,
    propose: Callable[[int], Proposal | None],
    score: Callable[[Proposal], Scored | None],
    *,
    tries: int,
    enough: int | None = None,
    chance: float = 0.0,
    draw_all: bool = False,
) -> list[Scored]:
    """The cameras of those proposed that have a score, the best first; of equal ones the earlier.

    propose: draws the proposal of a try (from 0), or None where it finds none.
    score: the proposal as a camera with its terms, or None where it will not do.
    tries: the most proposals. enough: how many scored cameras end the search.
    chance: standard deviation of a term that is drawn for each camera.
    draw_all: go on proposing to the last try once there are enough, so that what is drawn from `rng` afterwards does
        not depend on how many proposals were scored.
    """
    scored: list[Scored] = []
    for trial in range(tries):
        done = enough is not None and len(scored) >= enough
        if done and not draw_all:
            break
        proposal = propose(trial)
        rated = None if done or proposal is None else score(proposal)
        if rated is None:
            continue
        if chance:
            rated = replace(rated, terms={**rated.terms, CHANCE: draw.normal(rng, 0, chance)})
        scored.append(rated)
    return sorted(scored, key=lambda rated: -rated.score)


def first_accepted(proposals: Iterable[Proposal], accept: Callable[[Proposal], bool]) -> Proposal:
    """The first proposal that is accepted, or else the last; later ones are not drawn. At least one is needed."""
    for proposal in proposals:
        last = proposal
        if accept(proposal):
            break
    return last
