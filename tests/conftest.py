"""While the tests run, every call of the project's own functions is checked against its annotations.

Types, and of arrays shapes and dtypes ("h w 3"). It holds for what this process imports from here on, so not in the command
line's own processes. `JAXTYPING_DISABLE=1 pytest` leaves it out.
"""

from collections.abc import Iterator

import pytest
from beartype import BeartypeConf, beartype
from jaxtyping import config, install_import_hook

#: An int passes for a float, as PEP 484 and mypy have it.
checked = beartype(conf=BeartypeConf(is_pep484_tower=True))

install_import_hook(["scenes", "render", "encode", "shards", "verichrome"], "tests.conftest.checked")


@pytest.fixture(autouse=True)
def _annotations(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests marked `wrong_types` call as no annotation allows, to see what the program itself says."""
    before = config.jaxtyping_disable
    if request.node.get_closest_marker("wrong_types"):
        config.update("jaxtyping_disable", True)
    yield
    config.update("jaxtyping_disable", before)
