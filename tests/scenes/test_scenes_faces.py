"""Faces: closed pieces, muscles that move what they should, eyes in their sockets, expressions as often as they say."""

from collections import Counter
from typing import get_args

import numpy as np
import pytest

from scenes import draw
from scenes.catalog import finished
from scenes.face.bones import EYE, EYEBALL, nose_tip
from scenes.face.lattice import EYE_ROWS, LIP_LINE, LIP_ROWS
from scenes.face.relief import mouth_width
from scenes.face.specs import ActionUnits, FacePiece, FaceTraits, PieceName
from scenes.face.surface import Surface, face_surface
from scenes.measure import part_mesh
from scenes.mesh import Floats
from scenes.model import ObjectSpec
from scenes.people.expression import EXPRESSIONS, expression_units, sample_actions, sample_expression
from scenes.people.person import make_person
from scenes.tessellation import tessellate

NECK = (
    (0.0, 0.06, -0.16, 0.075, 0.066),
    (0.0, 0.03, -0.1, 0.058, 0.058),
    (0.0, 0.014, -0.052, 0.057, 0.056),
)
PIECES: tuple[PieceName, ...] = get_args(PieceName)
MAN = FaceTraits(jaw=1.1, nose=1.15, brow=0.9, lips=0.8, brow_size=0.004, age=0.9)
WOMAN = FaceTraits(jaw=0.92, nose=0.9, brow=0.1, lips=1.3, mouth=0.95, brow_arch=0.004)
CHILD = FaceTraits(full=1.1, jaw=0.98, length=0.9, nose=0.65, mouth=0.86, eyes=1.15)
AT_REST = ActionUnits()
HEAD_PARTS = {"head", "eyes", "irises", "pupils", "lids", "lashes", "brows", "lips", "teeth", "inner mouth"}


def surface(actions: ActionUnits = AT_REST, traits: FaceTraits = WOMAN) -> Surface:
    return face_surface(traits, actions, NECK)


def corner(of: Surface, side: int) -> Floats:
    """The left (1) or right (-1) corner of the mouth."""
    return np.asarray(of.at(np.array([side * mouth_width(WOMAN)]), np.array([LIP_ROWS[1]]))[0])


def lips(of: Surface) -> tuple[Floats, Floats]:
    """The middles of the edges of the upper and the lower lip."""
    middle = np.zeros(1)
    return of.at(middle, np.array([LIP_ROWS[2] + 1.0]))[0], of.at(middle, np.array([LIP_ROWS[0] - 1.0]))[0]


@pytest.mark.parametrize("traits", [MAN, WOMAN, CHILD])
@pytest.mark.parametrize("expression", ["neutral", "broad smile", "talking", "surprise", "frown"])
def test_every_piece_is_closed_and_outward(traits: FaceTraits, expression: str) -> None:
    units = expression_units(np.random.Generator(np.random.PCG64(3)), expression)
    actions = ActionUnits(**{unit: min(value, 1.0) for unit, value in units.items()}, gaze=(0.2, -0.2))
    for piece in PIECES:
        mesh = tessellate(FacePiece(piece=piece, traits=traits, actions=actions, neck=NECK))
        assert mesh.is_closed(), piece
        assert mesh.volume() > 0, piece


def test_a_smile_raises_and_widens_the_corners_of_the_same_persons_mouth() -> None:
    neutral, smiling = surface(), surface(ActionUnits(au6=0.5, au12=1.0))
    for side in (1, -1):
        moved = corner(smiling, side) - corner(neutral, side)
        assert moved[2] > 0.005
        assert side * moved[0] > 0.004
    assert np.abs(lips(smiling)[0] - lips(neutral)[0]).max() < 0.003  # the middle stays


def test_half_a_smile_is_half_as_wide() -> None:
    at = [corner(surface(ActionUnits(au12=strength)), 1) for strength in (0.0, 0.5, 1.0)]
    np.testing.assert_allclose(at[1], (at[0] + at[2]) / 2, atol=3e-4)


def test_a_dropped_jaw_opens_the_mouth_and_moves_neither_nose_nor_skull() -> None:
    neutral, open_mouth = surface(), surface(ActionUnits(au25=1.0, au26=1.0))
    gap = [float(upper[2] - lower[2]) for upper, lower in map(lips, (neutral, open_mouth))]
    assert gap[0] < 0.0025
    assert 0.012 < gap[1] < 0.035
    still = neutral.levels > LIP_LINE + 0.045
    np.testing.assert_allclose(neutral.points[still], open_mouth.points[still], atol=1e-5)
    chin = int(np.argmin(np.abs(neutral.levels + 0.0835)))
    assert open_mouth.points[chin, 0, 2] < neutral.points[chin, 0, 2] - 0.01


def test_brows_rise_and_fall_by_their_units() -> None:
    row = int(np.argmin(np.abs(surface().levels - 0.023)))
    column = int(np.argmin(np.abs(surface().across[row, :31] - 0.015)))
    heights = [surface(ActionUnits(**units)).points[row, column, 2] for units in ({"au4": 1.0}, {}, {"au1": 1.0})]
    assert heights[0] + 0.002 < heights[1] < heights[2] - 0.002


@pytest.mark.parametrize("traits", [MAN, WOMAN, CHILD])
@pytest.mark.parametrize("gaze", [-0.35, 0.0, 0.2])
def test_eyes_are_in_their_sockets_and_lids_lie_over_them(traits: FaceTraits, gaze: float) -> None:
    """No skin but what is behind the open lids is in an eyeball, and brow and cheek stand out before it."""
    found = surface(ActionUnits(gaze=(0.0, gaze), au5=0.5), traits)
    behind = np.zeros(len(found.points), bool)
    behind[list(EYE_ROWS)] = True
    for side in (1, -1):
        middle = np.array([side * EYE[0], *EYE[1:]])
        away = np.linalg.norm(found.points - middle, axis=-1)
        assert away[~behind].min() > EYEBALL - 1e-4
        assert away[~behind].min() < EYEBALL + 0.003
    front = found.points[..., 1].min(where=np.abs(found.across) < 0.04, initial=0.0, axis=1)
    ridge = front[(found.levels > 0.018) & (found.levels < 0.026)].min()
    assert ridge < EYE[1] - EYEBALL + 0.006


def test_closed_lids_meet_and_open_lids_leave_a_gap() -> None:
    x = np.array([EYE[0]])
    gaps = []
    for closed in (1.0, 0.0):
        lids = surface(ActionUnits(au43=closed))
        upper, lower = (lids.at(x, np.array([row]))[0, 2] for row in (EYE_ROWS[1] + 1.0, EYE_ROWS[0] - 1.0))
        gaps.append(upper - lower)
    assert 0 < gaps[0] < 0.001
    assert 0.007 < gaps[1] < 0.013


@pytest.mark.parametrize("traits", [MAN, WOMAN, CHILD])
def test_the_tip_of_the_nose_is_the_foremost_skin(traits: FaceTraits) -> None:
    found = surface(traits=traits)
    foremost = found.points.reshape(-1, 3)[found.points[..., 1].argmin()]
    np.testing.assert_allclose(foremost, nose_tip(traits), atol=0.004)


def test_expressions_are_as_frequent_as_they_say() -> None:
    rng = draw.stream(0, "expressions")
    count = Counter(sample_expression(rng, False) for _ in range(4000))
    assert sum(EXPRESSIONS.values()) == pytest.approx(1)
    for name, share in EXPRESSIONS.items():
        assert count[name] / 4000 == pytest.approx(share, abs=0.03)


def test_some_look_ahead_some_aside_and_those_with_a_phone_look_down() -> None:
    rng = draw.stream(0, "gazes")
    aside = np.array([abs(sample_actions(rng).gaze[0]) for _ in range(400)])
    assert 0.3 < np.mean(aside > 0.14) < 0.5
    assert max(sample_actions(rng, looks_down=True).gaze[1] for _ in range(100)) < -0.15
    held = next(part for part in figure("phone", 1).parts if part.name == "head").shape
    assert isinstance(held, FacePiece)
    assert held.actions.gaze[1] < -0.15


def figure(pose: str, seed: int) -> ObjectSpec:
    return finished(make_person(np.random.Generator(np.random.PCG64(seed)), pose))


def test_faces_repeat_from_their_seed_differ_and_keep_their_budget() -> None:
    assert figure("stand", 5) == figure("stand", 5)
    faces = set()
    for seed in range(6):
        parts = [part for part in figure("stand", seed).parts if part.name in HEAD_PARTS]
        faces.add(next(part.shape for part in parts if part.name == "head"))
        assert sum(part_mesh(part).face_count for part in parts) < 9_000
        open_mouth = {"teeth", "inner mouth"} <= {part.name for part in parts}
        shape = parts[0].shape
        assert isinstance(shape, FacePiece)
        assert open_mouth == (shape.actions.au25 > 0 or shape.actions.au26 > 0)
    assert len(faces) == 6
