"""Work in several processes: results in order, and a clear end where one of them is lost."""

import os
from operator import neg

import pytest

from shards import ShardError
from shards.spawned_map import map_spawned


def test_results_are_in_the_order_of_the_parts() -> None:
    assert list(map_spawned(neg, range(5), 2)) == [0, -1, -2, -3, -4]


def test_a_process_that_is_killed_is_one_sentence() -> None:
    with pytest.raises(ShardError, match="a process was killed before its work was done"):
        list(map_spawned(os._exit, [3], 1))


def test_what_a_part_raises_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        list(map_spawned((1).__truediv__, [1, 0], 1))
