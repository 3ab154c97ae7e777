"""`verichrome view` at the command line: what is wrong is one sentence, and files are written."""

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.job.conftest import Answer

CommandLine = Callable[..., Answer]


def test_a_folder_that_is_not_a_data_set_is_one_sentence(verichrome: CommandLine, tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "absent"):
        result = verichrome("view", str(folder), "--no-open")
        message = f"{folder} is not a data set: it has no receipts of frames or pairs, as `generate` writes them.\n"
        assert (result.code, result.out, result.err) == (2, "", message)


@pytest.fixture
def receipt(tmp_path: Path) -> Path:
    """A folder of a job that has committed nothing but a name."""
    (tmp_path / "set/receipts").mkdir(parents=True)
    (tmp_path / "set/receipts/frames-000000.gap").touch()
    return tmp_path / "set"


def test_a_taken_port_is_one_sentence(verichrome: CommandLine, receipt: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = verichrome("view", str(receipt), "--no-open", "--port", str(port))
    why = "Address already in use; --port 0 takes any free port."
    assert (result.code, result.out, result.err) == (2, "", f"Cannot listen on 127.0.0.1 port {port}: {why}\n")


def test_a_folder_of_other_things_is_refused(verichrome: CommandLine, receipt: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other/note.txt").touch()
    result = verichrome("view", str(receipt), "--out", str(tmp_path / "other"))
    assert result.code == 2
    assert result.err == f"{tmp_path / 'other'} is not empty and holds no gallery; take another --out.\n"


def test_view_serves_until_ctrl_c(receipt: Path) -> None:
    command = [sys.executable, "-m", "verichrome", "view", str(receipt), "--no-open", "--port", "0"]
    with subprocess.Popen(command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, text=True) as served:
        assert served.stdout is not None
        first_line = served.stdout.readline()
        where = first_line.removeprefix(f"{receipt} is at ").removesuffix(" (Ctrl-C ends)\n")
        with urlopen(where, timeout=30) as page, urlopen(f"{where}data/set.json", timeout=30) as page_data:
            assert b"<title>" in page.read()
            facts = json.load(page_data)
        served.send_signal(signal.SIGINT)
        try:
            assert served.wait(timeout=30) == 0
        finally:
            served.kill()
        assert served.stdout.read() == ""
    assert (facts["frames"], facts["pairs"], facts["title"]) == (0, 0, "set")


def test_frames_in_must_name_a_folder_of_frames(verichrome: CommandLine, receipt: Path, tmp_path: Path) -> None:
    result = verichrome("view", str(receipt), "--frames-in", str(tmp_path), "--no-open")
    assert result.code == 2
    assert result.err == f"--frames-in {tmp_path} has no receipts of frames, as `generate` writes them.\n"


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (("--port", "99999"), "--port must be 0 to 65535, got 99999.\n"),
        (("--port", "-1"), "--port must be 0 to 65535, got -1.\n"),
        (("--out", "gallery", "--frames", "0"), "--frames must be at least 1, got 0.\n"),
    ],
)
def test_numbers_out_of_range_are_one_sentence(
    verichrome: CommandLine, receipt: Path, flags: tuple[str, ...], message: str
) -> None:
    result = verichrome("view", str(receipt), "--no-open", *flags)
    assert (result.code, result.out, result.err) == (2, "", message)
