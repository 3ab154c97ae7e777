"""Dots that were tampered with in a stored target, in a data set that agrees with them, are found by the audit."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from jaxtyping import UInt8

from encode import Frame, Pair, PairShares, make_pairs
from shards import Store, audit_dataset
from tests.tamper import Members, finish, only, pixels_of, png, rewrite

KEY = "s0000001-v01-points-00"

Image = UInt8[np.ndarray, "h w 3"]


def dotted(frame: Frame) -> tuple[Pair, ...]:
    return tuple(make_pairs(frame, ["points"], seed=5, shares=PairShares(absent_share=0.0)))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory, fill: Callable[..., None]) -> Path:
    """A sound data set: each view asks for its three balls."""
    folder = tmp_path_factory.mktemp("sound")
    fill(Store(folder), shards=1, pairs_of=dotted)
    finish(Store(folder))
    return folder


@pytest.fixture
def store(sound: Path, tmp_path: Path) -> Store:
    """A copy to tamper with."""
    return Store(shutil.copytree(sound, tmp_path / "data"))


def _first_dot(target: Image) -> tuple[slice, slice]:
    """The rows and columns of the first dot, row by row: up to its right end, and as many rows from there."""
    inside = (target != target[0, 0]).any(-1)
    row = int(np.argwhere(inside)[0, 0])
    columns = np.flatnonzero(inside[row])
    reach = 0
    while inside[row + reach, columns[0]]:
        reach += 1
    left = int(columns[0] - (reach - len(columns)) // 2)
    return slice(row, row + reach), slice(left, left + reach)


def _missing(target: Image) -> Image:
    target[_first_dot(target)] = target[0, 0]
    return target


def _copied_to(place: str) -> Callable[[Image], Image]:
    """One dot more: on the sky, or on the same ball, next to the one that it has."""

    def tamper(target: Image) -> Image:
        rows, columns = _first_dot(target)
        dot = target[rows, columns].copy()
        side = dot.shape[0]
        if place == "sky":
            target[2 : 2 + side, 2 : 2 + side] = dot
        else:
            target[rows.start + side + 2 : rows.stop + side + 2, columns] = dot
        return target

    return tamper


def _moved(target: Image) -> Image:
    rows, columns = _first_dot(target)
    dot = target[rows, columns].copy()
    target[rows, columns] = target[0, 0]
    target[2 : 2 + dot.shape[0], 2 : 2 + dot.shape[1]] = dot
    return target


def _recolored(target: Image) -> Image:
    rows, columns = _first_dot(target)
    dot = target[rows, columns]
    dot[(dot != target[0, 0]).any(-1)] ^= np.uint8(8)
    return target


@pytest.mark.parametrize(
    ("tamper", "detail"),
    [
        (_missing, "has 0 dots, not one"),
        (_copied_to("sky"), "is on object 0, which is no visible 'ball"),
        (_copied_to("ball"), "has 2 dots, not one"),
        (_moved, "is on object 0, which is no visible 'ball"),
        (_recolored, "are neither the dots'"),
    ],
)
def test_tampering_with_dots_is_found(store: Store, tamper: Callable[[Image], Image], detail: str) -> None:
    assert audit_dataset(store).ok

    def change(members: Members) -> Members:
        return {**members, "target.png": png(tamper(pixels_of(members["target.png"]).copy()))}

    rewrite(store, "pairs", only(KEY, change))
    report = audit_dataset(store)
    assert set(report.counts) == {"points"}, str(report)
    assert any(problem.where == KEY and detail in problem.detail for problem in report.problems), str(report)
