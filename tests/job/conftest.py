"""What the tests of the job share: the command line in this process, and one Ray for all of them."""

import io
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from shards import Store
from tests.job.fake_engine import FakeBlender, Faults
from verichrome.__main__ import main
from verichrome.configfile import resolve
from verichrome.driver.ray_session import STARTS

#: Small enough that a scene costs milliseconds; one worker, since starting them is what a test's time goes into.
TINY: dict[str, Any] = {
    "family": "shapes",
    "resolution": 64,
    "scenes": 4,
    "scenes_per_shard": 2,
    "workers": 1,
    "cpus_per_worker": 1,
}


@dataclass(frozen=True)
class Answer:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


@pytest.fixture
def verichrome(capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Run a command line in this process."""

    def run(*arguments: str) -> Answer:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        captured = capsys.readouterr()
        return Answer(int(ended.value.code or 0), captured.out, captured.err)

    return run


@pytest.fixture(scope="session")
def _ray() -> Iterator[None]:
    """One embedded Ray, since starting it is most of what a small job costs."""
    os.environ["RAY_ENABLE_UV_RUN_RUNTIME_ENV"] = "0"
    ray = pytest.importorskip("ray")
    for left in reversed(range(STARTS)):  # as a job does: Ray's limit of 30 seconds may be too short under load
        try:
            ray.init(
                address="local",
                num_cpus=3,
                include_dashboard=False,
                log_to_driver=False,
                logging_level=logging.CRITICAL,
                object_store_memory=128 * 2**20,
            )
            break
        except Exception as error:
            if not left or "timed out" not in str(error):
                raise
            ray.shutdown()
    yield
    ray.shutdown()


@dataclass(frozen=True)
class Ran:
    """A job that has ended: its exit code, its output and its folder."""

    code: int
    output: str
    folder: Path

    def shards(self) -> dict[str, bytes]:
        """Every shard's bytes by name."""
        names = sorted(path for kind in ("frames", "pairs") for path in (self.folder / kind).glob("*.tar"))
        return {path.name: path.read_bytes() for path in names}

    @property
    def store(self) -> Store:
        return Store(self.folder)


def _run(folder: Path, faults: Faults | None = None, **fields: Any) -> Ran:
    from verichrome.commands.generate import run_job

    console_text = io.StringIO()
    config = resolve({**TINY, "out": str(folder)}, fields)
    code = run_job(config, False, FakeBlender(faults or Faults()), Console(file=console_text, width=200))
    return Ran(code, console_text.getvalue(), folder)


@pytest.fixture
def run_job(_ray: None, tmp_path: Path) -> Callable[..., Ran]:
    """Run a job with the fake engine in a folder of the test's own: `run_job("a", faults, scenes=4)`."""

    def job(name: str, faults: Faults | None = None, **fields: Any) -> Ran:
        return _run(tmp_path / name, faults, **fields)

    return job


@pytest.fixture(scope="session")
def whole(_ray: None, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """A job of four scenes that went well, made by two workers; not to be written to."""
    return _run(tmp_path_factory.mktemp("whole") / "out", workers=2)


@pytest.fixture
def copy(whole: Ran, tmp_path: Path) -> Ran:
    """A copy of `whole` to change, at `copy` in the test's own folder."""
    folder = tmp_path / "copy"
    shutil.copytree(whole.folder, folder)
    return Ran(whole.code, whole.output, folder)


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """The folder that remembers which one-time failures have happened."""
    folder = tmp_path / "notes"
    folder.mkdir()
    return folder


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """The file in which the fake engine lists the scenes that it has rendered."""
    return tmp_path / "journal"


def rendered(journal: Path) -> list[int]:
    """The scenes in a journal, sorted: a scene listed twice was rendered twice."""
    return sorted(map(int, journal.read_text().split()))
