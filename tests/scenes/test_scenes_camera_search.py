"""The one camera search: order, limits, and that later draws do not depend on the candidates."""

import numpy as np
import pytest

from scenes.camera_search import CHANCE, ScoredCamera, first_accepted, search_cameras
from scenes.scene import Camera


def _camera(x: float) -> Camera:
    return Camera(location=(x, 0.0, 1.0), target=(0.0, 5.0, 1.0))


def _rated(x: float) -> ScoredCamera:
    return ScoredCamera(_camera(x), {"far to the right": x, "too high": -0.5})


def test_the_best_comes_first_and_of_equal_ones_the_earlier() -> None:
    wanted = [1.0, 3.0, 2.0, 3.0]
    candidates = search_cameras(np.random.default_rng(0), lambda k: (k, wanted[k]), lambda p: _rated(p[1]), tries=4)
    assert [rated.camera.location[0] for rated in candidates] == [3.0, 3.0, 2.0, 1.0]
    assert candidates[0].score == pytest.approx(2.5)


def test_a_score_explains_itself() -> None:
    assert _rated(3.0).explain() == "2.5 = 3 far to the right - 0.5 too high"


def test_rejected_proposals_are_left_out() -> None:
    candidates = search_cameras(
        np.random.default_rng(0),
        lambda k: None if k == 0 else float(k),
        lambda x: None if x == 1 else _rated(x),
        tries=4,
    )
    assert [rated.camera.location[0] for rated in candidates] == [3.0, 2.0]


@pytest.mark.parametrize(("draw_all", "proposed"), [(False, 2), (True, 10)])
def test_the_search_ends_when_there_are_enough(draw_all: bool, proposed: int) -> None:
    trials: list[int] = []

    def propose(trial: int) -> float:
        trials.append(trial)
        return float(trial)

    candidates = search_cameras(np.random.default_rng(0), propose, _rated, tries=10, enough=2, draw_all=draw_all)
    assert len(candidates) == 2
    assert len(trials) == proposed


def test_chance_is_a_term_of_its_own() -> None:
    candidates = search_cameras(np.random.default_rng(0), float, _rated, tries=5, chance=100.0)
    assert all(list(rated.terms) == ["far to the right", "too high", CHANCE] for rated in candidates)
    assert [rated.camera.location[0] for rated in candidates] != [4.0, 3.0, 2.0, 1.0, 0.0]


def test_the_first_accepted_is_taken_or_the_last() -> None:
    drawn = iter(range(10))
    assert first_accepted(drawn, lambda value: value == 3) == 3
    assert next(drawn) == 4
    assert first_accepted([1, 2], lambda value: False) == 2
