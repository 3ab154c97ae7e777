"""The contact sheet has the documented layout."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from encode import Frame
from shards import ShardError, Store, contact_sheet, sheet_of_images


def test_one_row_a_view_with_every_target_in_its_own_colours(tmp_path: Path, fill: Callable[..., None]) -> None:
    store = Store(tmp_path)
    fill(store, shards=2)
    sheet = contact_sheet(store, rows=3)
    colors = {tuple(color) for color in np.asarray(sheet).reshape(-1, 3).tolist()}
    assert (165, 42, 42) in colors  # the floor of the semantic target, unsmoothed
    assert (255, 255, 0) in colors  # what the referring prompt picked
    assert sheet.width > sheet.height
    assert contact_sheet(store, rows=1).height < sheet.height


def test_more_rows_than_views_draws_all_views(tmp_path: Path, fill: Callable[..., None]) -> None:
    fill(Store(tmp_path), shards=1, scenes=1, views=2)
    two = contact_sheet(Store(tmp_path), rows=2)
    assert contact_sheet(Store(tmp_path), rows=50).size == two.size


def test_a_sheet_without_frames_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ShardError, match="no pair is committed"):
        contact_sheet(Store(tmp_path))
    with pytest.raises(ShardError, match="as many labels as images, got 2 for 1"):
        sheet_of_images([np.zeros((4, 4, 3), np.uint8)], ["a", "b"])


def test_a_grid_of_images_of_any_size(make_frame: Callable[..., Frame]) -> None:
    images = [make_frame(0).image, make_frame(1).image[:50], make_frame(2).image[:, :60]]
    sheet = sheet_of_images(images, ["one", "two " * 40, "three"], columns=2)
    assert sheet.mode == "RGB"
    assert sheet.height > sheet_of_images(images[:2], ["one", "two"], columns=2).height
