"""How long commands take that render nothing, and the start and the end of a small job.

    python -m benchmarks.bench_start [--runs 5] [--uncached]

The job runs as anybody's does. `start_clock/sitecustomize.py`, which Python imports by itself, notes when its
processes reach a step; the first ray is Blender's own announcement of the first render. Other work on the machine adds
to seconds, so commands have CPU seconds too, and both are the least of all runs. --uncached: without Python's compiled
files, as where they may not be written.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

CLOCK = Path(__file__).with_name("start_clock")
VERICHROME = [sys.executable, "-m", "verichrome"]
JOB = "generate --family tabletop --scenes 1 --views 1 --resolution 64 --samples 1 --out"
#: {set} is the output of that job, {new} a path where nothing is.
COMMANDS = (
    "--help",
    "generate --help",
    "config",
    "categories",
    "doctor",
    "generate --family nosuch",
    "audit {set}",
    "export {set} --format diffusers --out {new}",
    "view {set} --out {new} --frames 1",
    "stats {set} --out {new}.png",
)
#: Each step of the start and the event that ends it; then the same of the end, from the last shard's commit.
START = {
    "imports of the driver": "ray.init begins",
    "start of Ray": "ray.init ends",
    "start of the worker": "item begins",
    "import of Blender": "import render.engine ends",
    "scene sampled and built: the first ray": "render",
}
END = {
    "end of the worker": "pool.close ends",
    "end of Ray": "ray.shutdown ends",
    "manifest, card and contact sheet": "overview ends",
    "exit": "exited",
}


def main() -> None:
    """Print both tables."""
    options = _options()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.uncached:
            environment |= {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": str(folder / "none")}
        jobs = [_job(folder / f"job-{run}", environment) for run in range(options.runs)]
        _print_job(jobs)
        sys.stdout.write(f"\n{'command':44} {'CPU s':>7} {'s':>7}\n")
        for command in COMMANDS:
            cpu, wall = _command(command, folder, options.runs, environment)
            sys.stdout.write(f"{command:44} {cpu:7.2f} {wall:7.2f}\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--uncached", action="store_true")
    return parser.parse_args()


def _command(command: str, folder: Path, runs: int, environment: Mapping[str, str]) -> tuple[float, float]:
    """The least CPU and wall seconds of a command; its exit code is not looked at."""
    least = []
    for run in range(runs + 1):  # the first writes Python's caches and reads the disk
        words = command.format(set=folder / "job-0", new=folder / f"new-{len(command)}-{run}").split()
        before, start = _cpu_of_children(), time.monotonic()
        subprocess.run([*VERICHROME, *words], capture_output=True, check=False, env=environment)
        least.append((_cpu_of_children() - before, time.monotonic() - start))
    return min(cpu for cpu, _ in least[1:]), min(wall for _, wall in least[1:])


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _job(out: Path, environment: Mapping[str, str]) -> dict[str, float]:
    """Seconds from the start of the command to each event of a job, the first of its name; `committed` among them."""
    events = out.with_suffix(".events")
    path = os.pathsep.join(filter(None, (str(CLOCK), environment.get("PYTHONPATH"))))
    watched = {**environment, "PYTHONPATH": path, "BENCH_START_EVENTS": str(events)}
    start = time.monotonic()
    subprocess.run([*VERICHROME, *JOB.split(), str(out)], capture_output=True, check=True, env=watched)
    exited = time.monotonic()
    # A file's time is that of the other clock.
    receipt = max(path.stat().st_mtime for path in (out / "receipts").iterdir()) - time.time() + exited  # noqa: TID251
    times = {name: at - start for name, at in reversed(list(_events(events)))}
    return {**times, "committed": receipt - start, "exited": exited - start}


def _events(path: Path) -> Iterator[tuple[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        name, at, _, _ = json.loads(line)
        yield name, at


def _print_job(jobs: list[dict[str, float]]) -> None:
    """A line for each step: its seconds in the run that was the fastest of all, and from the first to the last."""
    for title, steps, first in (("start", START, ""), ("end, from the last commit", END, "committed")):
        last = list(steps.values())[-1]
        best = min(jobs, key=lambda times: times[last] - times.get(first, 0.0))
        sys.stdout.write(f"\n{title:44} {'s':>7} {'in all':>7}\n")
        before = begin = best.get(first, 0.0)
        for step, event in steps.items():
            sys.stdout.write(f"{step:44} {best[event] - before:7.2f} {best[event] - begin:7.2f}\n")
            before = best[event]
        every = ", ".join(f"{times[last] - times.get(first, 0.0):.2f}" for times in jobs)
        sys.stdout.write(f"{'in all, each run':44} {every}\n")


if __name__ == "__main__":
    main()
