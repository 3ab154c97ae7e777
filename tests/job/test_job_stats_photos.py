"""`verichrome stats --photos`: what it refuses, and in which words."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from encode import FormatError
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


def test_photographs_are_upright_and_of_any_colours(tmp_path: Path) -> None:
    pixels = np.zeros((8, 16, 3), np.uint8)
    pixels[:4] = (200, 40, 20)
    turned = Image.Exif()
    turned[0x0112] = 6  # to be turned by 90 degrees
    Image.fromarray(pixels).save(tmp_path / "turned.jpg", exif=turned, quality=100, subsampling=0)
    assert photographs.read_photograph(tmp_path / "turned.jpg").shape == (16, 8, 3)
    Image.fromarray(pixels).convert("CMYK").save(tmp_path / "print.jpg", quality=100)
    found = photographs.read_photograph(tmp_path / "print.jpg")
    assert np.abs(found[:4].astype(int) - (200, 40, 20)).mean() < 30
    (tmp_path / "notes.png").write_bytes(b"notes")
    with pytest.raises(FormatError):
        photographs.read_photograph(tmp_path / "notes.png")


def test_links_and_folders_are_no_photographs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(photographs, "installed", lambda _: "1")
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "link.png").symlink_to("/dev/zero")
    with pytest.raises(UsageError, match="holds 0"):
        photographs.check_photographs(tmp_path)
