"""The sides of `bench_peers`: how each is started, and what a run of it costs."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks.peers.environments import Environments
from benchmarks.peers.measured_process import measure

__all__ = ["SIDES", "VERICHROME", "MeasuredRun", "SharedWork", "run_side", "shared_scenes", "warm_up"]

SCRIPTS = Path(__file__).parent
ROOT = SCRIPTS.parents[1]
CLOCK = SCRIPTS.parent / "start_clock"
#: What Verichrome's sides have beside the work.
VERICHROME = {
    "verichrome": ("--tasks", "depth", "--no-photo"),
    "verichrome all": (),
    "verichrome standard": ("--tasks", "depth", "--no-photo"),
}
#: The side that takes the samples of its quality, not those of the work.
OWN_SAMPLES = "verichrome standard"
#: Script, and whether Cycles is set as Verichrome sets it.
PEERS = {
    "blenderproc": ("with_blenderproc.py", True),
    "blenderproc own": ("with_blenderproc.py", False),
    "bpy 4.2": ("with_bpy.py", True),
    "bpy 5.2": ("with_bpy.py", True),
}
SIDES = (*VERICHROME, *PEERS)


@dataclass(frozen=True, slots=True)
class SharedWork:
    """What is rendered: `scenes` of a family, `views` of each, at resolution x resolution pixels."""

    family: str
    scenes: int
    views: int
    resolution: int
    samples: int
    threads: int

    @property
    def frames(self) -> int:
        """Views of all scenes."""
        return self.scenes * self.views


@dataclass(frozen=True, slots=True)
class MeasuredRun:
    """One run of a side: seconds to the first ray, to the last file of a view and to the exit; CPU seconds; bytes."""

    first_ray: float
    written: float
    total: float
    cpu: float
    memory: int
    stages: dict[str, float]

    def figures(self, frames: int) -> tuple[float, ...]:
        """As the table has them, without the ratio."""
        work = self.written - self.first_ray
        return (
            *(self.first_ray, work / frames, self.total - self.written, self.total, frames / self.total),
            *(self.cpu, self.cpu / frames, self.memory / 2**30),
        )


def command_of_verichrome(work: SharedWork, side: str, out: Path) -> list[str]:
    """The command of one of Verichrome's sides. It shares out its cores among as many workers as have a shard."""
    shard = -(-work.scenes // work.threads)
    return [
        *(sys.executable, "-m", "verichrome", "generate", "--family", work.family, "--out", str(out)),
        *("--scenes", str(work.scenes), "--scenes-per-shard", str(shard), "--views", str(work.views)),
        *("--resolution", str(work.resolution), "--device", "cpu"),
        *(() if side == OWN_SAMPLES else ("--samples", str(work.samples))),
        *VERICHROME[side],
    ]


def command_of_peer(
    work: SharedWork, side: str, shared: dict[str, Any], environments: Environments, out: Path
) -> list[str]:
    """The command of one of the others, whose job is written beside `out`."""
    script, equal = PEERS[side]
    interpreter = sys.executable if side == "bpy 5.2" else str(environments.peers)
    job = shared | {name: getattr(work, name) for name in ("resolution", "samples", "threads")}
    path = out.with_suffix(".json")
    path.write_text(json.dumps(job | {"equal": equal, "out": str(out)}), encoding="utf-8")
    return [interpreter, str(SCRIPTS / script), str(path)]


def shared_scenes(folder: Path, work: SharedWork, environments: Environments) -> dict[str, Any]:
    """What `peers/shared_scenes.py` writes, made by a first run of Verichrome where it is not in `folder` yet."""
    kept = folder / "-".join(map(str, (*asdict(work).values(), _version())))
    description = kept / "scenes.json"
    if not description.is_file():
        kept.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as out:
            run_quietly(command_of_verichrome(work, "verichrome", Path(out, "set")))
            run_quietly([sys.executable, "-m", "benchmarks.peers.shared_scenes", str(Path(out, "set")), str(kept)])
        blends = sorted(map(str, kept.glob("*.blend")))
        run_quietly([str(environments.reader), str(SCRIPTS / "convert_blend.py"), *blends])
        (kept / "all.json").rename(description)
    shared = dict(json.loads(description.read_text(encoding="utf-8")))
    frames = sum(len(scene["views"]) for scene in shared["scenes"])
    if frames != work.frames:
        raise RuntimeError(f"Verichrome made {frames} of {work.frames} views; choose other numbers or another family.")
    return shared


def _version() -> str:
    """A hash of what scenes are made by: those of another version are other scenes."""
    digest = sha256()
    for path in sorted(path for package in ("scenes", "render") for path in (ROOT / package).rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _compiling() -> dict[str, str]:
    """The environment, in which Python keeps its compiled files."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def run_quietly(command: list[str]) -> None:
    """Run it; raises RuntimeError with its last words where it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=_compiling())
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[:4])} ...: {(done.stderr or done.stdout).strip()[-2000:]}")


def run_side(
    side: str, work: SharedWork, shared: dict[str, Any], environments: Environments, cores: set[int]
) -> MeasuredRun:
    """One run of a side, whose output is thrown away; raises RuntimeError with its last words where it fails."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        out, events = folder / "out", folder / "events"
        if side in VERICHROME:
            command = command_of_verichrome(work, side, out)
        else:
            command = command_of_peer(work, side, shared, environments, out)
        environment = _compiling() | {"PYTHONPATH": str(CLOCK), "BENCH_START_EVENTS": str(events)}
        offset = time.time() - time.monotonic()  # noqa: TID251 - a file's time is that of the other clock
        try:
            cost = measure(command, environment, folder / "log", cores)
        except subprocess.CalledProcessError as error:
            log = (folder / "log").read_text(encoding="utf-8", errors="replace")
            raise RuntimeError(f"{side} ended with exit code {error.returncode}:\n{log[-2000:]}") from error
        noted = map(json.loads, events.read_text(encoding="utf-8").splitlines())
        first_ray = next(at for name, at, *_ in noted if name == "render")
        files = (out / "receipts").iterdir() if side in VERICHROME else filter(Path.is_file, out.rglob("*"))
        written = max(path.stat().st_mtime for path in files) - offset
        return MeasuredRun(
            first_ray=first_ray - cost.started,
            written=written - cost.started,
            total=cost.wall,
            cpu=cost.cpu,
            memory=cost.memory,
            stages=stages_of(out / "receipts"),
        )


def warm_up(side: str, shared: dict[str, Any], environments: Environments, work: SharedWork, cores: set[int]) -> None:
    """Run a side for one small view, so that files are read and Python's compiled ones are there."""
    scene = shared["scenes"][0]
    small = replace(work, scenes=1, views=1, resolution=64, samples=1)
    run_side(side, small, shared | {"scenes": [scene | {"views": scene["views"][:1]}]}, environments, cores)


def stages_of(receipts: Path) -> dict[str, float]:
    """Seconds of Verichrome's stages, none for the peers."""
    seconds: Counter[str] = Counter()
    for path in receipts.glob("*.json"):
        seconds.update(json.loads(path.read_text(encoding="utf-8"))["seconds"])
    return dict(seconds)
