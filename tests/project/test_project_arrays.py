"""The checks of arrays that `tests/conftest.py` puts into this process are in force."""

import numpy as np
import pytest
from jaxtyping import TypeCheckError

from encode.formulas.projection import pixel_rays
from tests.conftest import checked_modules


def test_an_array_of_another_shape_than_annotated_is_refused() -> None:
    with pytest.raises(TypeCheckError, match="pixel_rays"):
        pixel_rays(np.eye(4), 3, 2)


def test_every_package_has_modules_that_are_checked() -> None:
    names = checked_modules()
    assert {"scenes", "render", "encode", "shards", "verichrome"} == {name.partition(".")[0] for name in names}
