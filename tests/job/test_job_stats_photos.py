"""`verichrome stats --photos`: what it refuses, and in which words."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from verichrome import photographs
from verichrome.errors import UsageError


def test_missing_packages_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(photographs, "installed", lambda name: "" if name == "torch" else "1")
    with pytest.raises(UsageError, match=r"not installed: `pip install torch`\.$"):
        photographs.check_photographs(tmp_path)


def test_a_folder_without_enough_photographs_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(photographs, "installed", lambda _: "1")
    with pytest.raises(UsageError, match=r"--photos must be a folder with photographs, and .*gone is none"):
        photographs.check_photographs(tmp_path / "gone")
    for number in range(20):
        (tmp_path / f"notes{number}.txt").write_text("")
    with pytest.raises(UsageError, match=r"must hold at least 20 PNG, JPEG or WebP files, and .* holds 0"):
        photographs.check_photographs(tmp_path)
    for number in range(20):
        Image.fromarray(np.zeros((8, 8, 3), np.uint8)).save(tmp_path / f"{number:02}.JPG", "jpeg")
    assert [path.stem for path in photographs.check_photographs(tmp_path)] == [f"{n:02}" for n in range(20)]
