"""Plain solids have the size they are asked for."""

import pytest

from scenes.craft.solids import SOLIDS, solid
from scenes.tessellation import tessellate


@pytest.mark.parametrize("kind", SOLIDS)
def test_solids_are_closed_and_of_their_size(kind: str) -> None:
    mesh = tessellate(solid(kind, 0.5)["shape"])
    assert mesh.is_closed()
    assert mesh.volume() > 0
    size = (mesh.vertices.max(0) - mesh.vertices.min(0)).max()
    assert 0.43 <= size <= 0.501
