"""What the checks before the render ask of a camera that frames a subject, and of others; without Blender."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from render.viewpoint import check_viewpoint
from scenes import sample_scene
from scenes.scene import Camera, SceneSpec

SUBJECT, OTHER, STRUCTURE = 1, 2, 3
SIDE = 20  # rays along each side of the image


@dataclass
class Sight:
    """A stage of which the image shows objects in columns: shares of the width, ids and distances (metres)."""

    spec: SceneSpec
    columns: tuple[tuple[float, int, float], ...]

    def hits(self, origin: np.ndarray, directions: np.ndarray) -> list[Any]:
        if len(directions) != SIDE**2:  # the rays all round that tell whether the camera is inside a solid
            return [None] * len(directions)
        row = [hit for share, owner, far in self.columns for hit in [(owner, far)] * round(share * SIDE)]
        return [SimpleNamespace(pass_index=owner, distance=far, cosine=-1.0) for owner, far in row * SIDE]


def problems(subject: int, *columns: tuple[float, int, float], wanted: int = 2) -> set[str]:
    """Names of the checks that a camera fails; the columns show the subject (a cube), another cube and the ground."""
    ground, cube, other = sample_scene("shapes", seed=0, index=0).objects[:3]
    objects = (
        cube.model_copy(update={"id": SUBJECT, "supported_by": 0}),
        other.model_copy(update={"id": OTHER, "supported_by": 0}),
        ground.model_copy(update={"id": STRUCTURE, "supported_by": 0}),
    )
    camera = Camera(location=(0, -2, 1), target=(0, 0, 0.5), subject=subject)
    spec = sample_scene("shapes", seed=0, index=0).model_copy(
        update={"objects": objects, "min_categories": wanted, "min_things": 0.2}
    )
    stage: Any = Sight(spec, columns)
    return {name for name, _ in check_viewpoint(stage, camera, 64, 64)}


@pytest.mark.parametrize(("share", "framed", "plain"), [(0.4, set(), set()), (0.55, set(), {"filled"})])
def test_a_subject_may_fill_more_of_the_view(share: float, framed: set[str], plain: set[str]) -> None:
    columns = (share, SUBJECT, 2.0), (1 - share, STRUCTURE, 4.0)
    assert problems(SUBJECT, *columns) == framed
    assert problems(0, *columns) == plain
    assert problems(OTHER, (share, SUBJECT, 2.0), (0.1, OTHER, 2.0), (0.9 - share, STRUCTURE, 4.0)) == plain


def test_even_a_subject_may_not_fill_it_all() -> None:
    assert problems(SUBJECT, (0.65, SUBJECT, 2.0), (0.35, STRUCTURE, 4.0)) == {"filled"}


def test_a_subject_that_is_hidden_fails() -> None:
    assert problems(SUBJECT, (0.3, OTHER, 1.0), (0.7, STRUCTURE, 4.0)) == {"subject"}
    assert problems(SUBJECT, (0.05, SUBJECT, 2.0), (0.95, STRUCTURE, 4.0)) == set()


def test_a_near_subject_does_not_block_the_view() -> None:
    """At 0.4 m before what is 60 m away: nearer than 0.6 m, but it is what the camera looks at."""
    columns = (0.3, SUBJECT, 0.4), (0.7, STRUCTURE, 60.0)
    assert problems(SUBJECT, *columns) == set()
    assert problems(0, *columns) == {"blocked"}
    assert problems(SUBJECT, (0.3, SUBJECT, 0.4), (0.1, OTHER, 0.15), (0.6, STRUCTURE, 60.0)) == {"blocked"}


def test_three_categories_are_enough_for_a_subject() -> None:
    columns = (0.2, SUBJECT, 2.0), (0.2, OTHER, 2.0), (0.6, STRUCTURE, 4.0)
    assert problems(SUBJECT, *columns, wanted=6) == set()
    assert problems(0, *columns, wanted=6) == {"categories"}
    assert problems(SUBJECT, (0.2, SUBJECT, 2.0), (0.8, STRUCTURE, 4.0), wanted=6) == {"categories"}
    assert problems(SUBJECT, (0.1, SUBJECT, 2.0), (0.9, STRUCTURE, 4.0)) == set()  # not sparse
    assert problems(0, (0.1, SUBJECT, 2.0), (0.9, STRUCTURE, 4.0)) == {"sparse"}
