"""`verichrome view` at the command line: what is wrong is one sentence, and files are written."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.job.conftest import Answer

CommandLine = Callable[..., Answer]


def test_what_is_no_data_set_is_one_sentence(verichrome: CommandLine, tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "absent"):
        said = verichrome("view", str(folder), "--no-open")
        told = f"{folder} is no data set: it has no receipts of frames or pairs, as `generate` writes them.\n"
        assert (said.code, said.out, said.err) == (2, "", told)


@pytest.fixture
def receipt(tmp_path: Path) -> Path:
    """A folder of a job that has committed nothing but a name."""
    (tmp_path / "set/receipts").mkdir(parents=True)
    (tmp_path / "set/receipts/frames-000000.gap").touch()
    return tmp_path / "set"


def test_a_taken_port_is_one_sentence(verichrome: CommandLine, receipt: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = verichrome("view", str(receipt), "--no-open", "--port", str(port))
    why = "Address already in use; --port 0 takes any free port."
    assert (said.code, said.out, said.err) == (2, "", f"Cannot listen on 127.0.0.1 port {port}: {why}\n")


def test_a_folder_of_other_things_is_refused(verichrome: CommandLine, receipt: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other/note.txt").touch()
    said = verichrome("view", str(receipt), "--out", str(tmp_path / "other"))
    assert said.code == 2
    assert said.err == f"{tmp_path / 'other'} is not empty and holds no gallery; take another --out.\n"
