"""A job with the fake engine in a process of its own: `python -m tests.job.driver JSON`, so that it can be killed."""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shards import Store, committed
from tests.job.fake_engine import FakeBlender, Faults
from verichrome.commands.generate import run_job
from verichrome.configfile import resolve
from verichrome.worker.spool import Spool

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Driver:
    """How to start the job: into which folder, with which fields of the configuration, at which pace."""

    folder: Path
    journal: Path
    fields: dict[str, Any]
    pause: float = 0.3

    def start(self) -> subprocess.Popen[str]:
        """Start the job; its output goes to a file, so that no full pipe blocks it."""
        arguments = {
            "folder": str(self.folder),
            "journal": str(self.journal),
            "fields": self.fields,
            "pause": self.pause,
        }
        output = tempfile.TemporaryFile("w+")  # noqa: SIM115 - `output_of` reads and closes it
        command = [sys.executable, "-m", "tests.job.driver", json.dumps(arguments)]
        job = subprocess.Popen(command, cwd=ROOT, text=True, stdout=output, stderr=output)
        job.stderr = output
        return job

    def finished(self) -> set[int]:
        """The scenes that need no rendering any more: spooled or committed."""
        store = Store(self.folder)
        spooled = Spool.of(store, resolve(self.fields)).held()
        whole = committed(store, "frames") & committed(store, "pairs")
        size = self.fields["scenes_per_shard"]
        return spooled | {index * size + k for index in whole for k in range(size)}

    def lines(self) -> list[int]:
        """The scenes that were rendered so far, in the order in which they came."""
        return list(map(int, self.journal.read_text().split())) if self.journal.exists() else []


def output_of(job: subprocess.Popen[str], timeout: float = 120) -> str:
    """All that a job printed, once it has ended."""
    job.wait(timeout)
    assert job.stderr is not None
    with job.stderr as stream:
        stream.seek(0)
        return stream.read()


def main(text: str) -> int:
    arguments = json.loads(text)
    config = resolve(arguments["fields"], {"out": arguments["folder"]})
    faults = Faults(journal=Path(arguments["journal"]), pause=arguments["pause"])
    return run_job(config, False, FakeBlender(faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
