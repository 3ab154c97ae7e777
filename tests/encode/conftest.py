"""Frames without Blender, made once for all tests of `encode`."""

import pytest

from encode import Frame
from tests.encode.raycaster import build_frame, random_solids


@pytest.fixture(scope="session")
def frame() -> Frame:
    return build_frame()


@pytest.fixture(scope="session")
def frames() -> list[Frame]:
    """A few scenes of random solids that do not interpenetrate."""
    return [build_frame(random_solids(seed), key=f"s{seed:07d}-v00", size=(128, 160)) for seed in range(6)]
