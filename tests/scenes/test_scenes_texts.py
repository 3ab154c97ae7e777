"""Lettering reads what it says: its glyphs, where its texts are, and which objects have some."""

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from scenes.catalog import make
from scenes.craft.build import part
from scenes.craft.finishes import finish
from scenes.craft.style import sample_style
from scenes.measure import part_mesh
from scenes.mesh import Floats
from scenes.model import ObjectSpec
from scenes.shapes import GLYPH_PITCH, Lettering
from scenes.tessellation import tessellate
from scenes.tessellation.lettering import lettering_box
from scenes.texts import model_texts

#: What a person draws for it, a dot a cell; strokes pass through the middle of each dot and through no blank.
GLYPHS = {
    "E": ("###", "#..", "##.", "#..", "###"),
    "L": ("#..", "#..", "#..", "#..", "###"),
    "P": ("###", "#.#", "###", "#..", "#.."),
    "T": ("###", ".#.", ".#.", ".#.", ".#."),
    "4": ("#.#", "#.#", "###", "..#", "..#"),
    "2": ("###", "..#", "###", "#..", "###"),
}


def _covers(shape: Lettering, x: float, z: float) -> bool:
    """Whether a ray along y through (x, z) meets the lettering: an odd turn round it of some face's outline."""
    mesh = tessellate(shape)
    corners = mesh.vertices[mesh.triangles()][:, :, [0, 2]] - [x, z]
    a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
    turns = np.stack([p[:, 0] * q[:, 1] - p[:, 1] * q[:, 0] for p, q in ((a, b), (b, c), (c, a))])
    return bool((np.all(turns > 0, 0) | np.all(turns < 0, 0)).any())


@pytest.mark.parametrize("glyph", GLYPHS)
def test_glyphs_are_as_a_person_draws_them(glyph: str) -> None:
    shape = Lettering(text=glyph, height=1.0)
    rows = [(column - 1) * 0.25 + 0.003 for column in range(3)], [0.923, 0.72, 0.503, 0.28, 0.073]
    drawn = tuple("".join("#" if _covers(shape, x, z) else "." for x in rows[0]) for z in rows[1])
    assert drawn == GLYPHS[glyph]


def test_lettering_is_closed_centred_and_read_from_the_front() -> None:
    mesh = tessellate(Lettering(text="LE", height=0.2, thickness=0.01))
    assert mesh.is_closed()
    assert mesh.volume() > 0
    low, high = mesh.box
    assert low == pytest.approx([-(GLYPH_PITCH + 0.65) * 0.1, -0.005, 0.0], abs=1e-6)
    assert high == pytest.approx([(GLYPH_PITCH + 0.65) * 0.1, 0.005, 0.2], abs=1e-6)
    assert _covers(
        Lettering(text="LE", height=0.2), -0.5 * 0.2 * GLYPH_PITCH + 0.04, 0.01
    )  # the foot of the L, at left
    assert not _covers(Lettering(text="LE", height=0.2), -0.5 * 0.2 * GLYPH_PITCH + 0.04, 0.19)


def test_the_digits_after_the_point_of_a_price_are_raised() -> None:
    plain, price = (tessellate(Lettering(text="2.49", height=0.1, price=price)) for price in (False, True))
    right = price.vertices[:, 0] > 0.02
    assert price.vertices[right, 2].min() == pytest.approx(0.038, abs=1e-3)
    assert price.vertices[:, 2].max() == pytest.approx(0.1, abs=1e-3)
    assert np.ptp(price.vertices[:, 0]) < np.ptp(plain.vertices[:, 0])


@pytest.mark.parametrize(
    "shape", [Lettering(text="NO 7-K", height=0.3), Lettering(text="12.95", height=0.1, price=True)]
)
def test_the_box_of_lettering_is_that_of_its_mesh(shape: Lettering) -> None:
    np.testing.assert_array_equal(lettering_box(shape), tessellate(shape).box)


@pytest.mark.parametrize("text", ["", " TEA", "TEA ", "tea", "THÉ", "A" * 33, "A/B"])
def test_lettering_takes_no_other_text(text: str) -> None:
    with pytest.raises(ValidationError):
        Lettering(text=text, height=0.1)


def _reads_toward(corners: Floats) -> Floats:
    normal = np.cross(corners[3] - corners[0], corners[1] - corners[0])
    return np.asarray(normal / np.linalg.norm(normal))


def test_the_corners_of_a_text_turn_with_its_part() -> None:
    rng = np.random.default_rng(0)
    ink = finish(rng, "paper", "ink", (0.0, 0.0, 0.0))
    flat = part("flat", Lettering(text="SEA", height=0.1), ink, at=(1.0, 2.0, 3.0), rotation=(-np.pi / 2, 0.0, 0.0))
    spine = part("spine", Lettering(text="SEA", height=0.1), ink, rotation=(0.0, np.pi / 2, 0.0))
    texts = model_texts(ObjectSpec(category="book", parts=(flat, spine)))
    assert [text.text for text in texts] == ["SEA", "SEA"]
    assert _reads_toward(texts[0].corners) == pytest.approx([0, 0, 1], abs=1e-9)  # lies on its back, seen from above
    assert texts[0].corners[:, 2] == pytest.approx(3.0008)
    assert _reads_toward(texts[1].corners) == pytest.approx([0, -1, 0], abs=1e-9)
    assert texts[1].corners[1, 2] < texts[1].corners[0, 2] - 0.2  # is read from top to bottom
    assert texts[1].corners[0, 0] > texts[1].corners[3, 0]
    for text, one in zip(texts, (flat, spine), strict=True):
        box = part_mesh(one).box
        assert (text.corners >= box[0] - 1e-9).all()
        assert (text.corners <= box[1] + 1e-9).all()


@pytest.mark.parametrize("category", ["book", "bus", "car", "price card", "signpost", "traffic sign", "truck", "van"])
def test_objects_with_words_have_texts(category: str) -> None:
    texts: list[Any] = []
    for seed in range(12):
        rng = np.random.Generator(np.random.PCG64(seed))
        texts += model_texts(make(category, rng, sample_style(rng)))
    assert len({text.text for text in texts}) >= 4
    for text in texts:
        across, down = text.corners[1] - text.corners[0], text.corners[3] - text.corners[0]
        assert abs(across @ down) < 1e-9
        assert np.linalg.norm(down) > 0.003
