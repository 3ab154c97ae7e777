"""How many workers suit a machine: the same job with one worker of one thread, one of two threads, and two of one.

    python benchmarks/bench_workers.py [--scenes 8] [--views 2] [--resolution 512] [--rounds 2]

Two cores are enough: of a scene's seconds some run on one thread (sampling, building, checks, encoding) and the rest
on all that the worker has (Cycles). One worker of one thread takes s + p seconds a frame, one of two threads s + p / 2,
and the second table says what that makes of other machines: cores / threads workers, a frame each in s + p / threads.
Other work on the machine falsifies seconds; rounds are run in turn and the least of each is taken.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.arguments import whole_number
from shards import Store, committed, read_receipt

SPLITS = ((1, 1), (1, 2), (2, 1))  # workers, threads of each
CORES = (2, 4, 8, 16, 32, 64)
THREADS = (1, 2, 4, 8)
NAME = "ray::RenderWork"  # as the kernel cuts it


@dataclass(frozen=True, slots=True)
class JobRun:
    """One job: wall seconds in all, a worker's seconds a frame, frames a second of all workers, GiB of the largest."""

    wall: float
    frame: float
    pace: float
    peak: float


def main() -> None:
    """Print what was measured, and what it predicts."""
    options = _options()
    best: dict[tuple[int, int], JobRun] = {}
    for _ in range(options.rounds):
        for split in SPLITS:
            run = _job(options, *split)
            best[split] = min(run, best.get(split, run), key=lambda one: one.frame)
            sys.stderr.write(f"{split[0]} x {split[1]}: {run.frame:.2f} s a frame\n")
    frames = options.scenes * options.views
    sys.stdout.write(f"{frames} frames of the mix at {options.resolution}, {os.cpu_count()} cores\n")
    heads = ("workers x threads", "s a frame", "frames/s", "job, s", "GiB a worker")
    sys.stdout.write("".join(f"{head:>18}" for head in heads) + "\n")
    for (workers, threads), run in best.items():
        label = f"{workers} x {threads}"
        sys.stdout.write(f"{label:>18}{run.frame:18.2f}{run.pace:18.3f}{run.wall:18.0f}{run.peak:18.2f}\n")
    one, two = best[1, 1].frame, best[1, 2].frame
    parallel = 2 * (one - two)
    serial = one - parallel
    sys.stdout.write(f"on one thread {serial:.2f} s a frame, on all {parallel:.2f} s\n\n")
    sys.stdout.write("frames a second" + "".join(f"{f'{threads} a worker':>14}" for threads in THREADS) + "\n")
    for cores in CORES:
        paces = [cores // threads / (serial + parallel / threads) for threads in THREADS]
        sys.stdout.write(f"{f'{cores} cores':<15}" + "".join(f"{pace:14.2f}" for pace in paces) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("scenes", 8), ("views", 2), ("resolution", 512), ("rounds", 2)):
        parser.add_argument(f"--{name}", type=whole_number(16 if name == "resolution" else 1), default=default)
    return parser.parse_args()


def _job(options: argparse.Namespace, workers: int, threads: int) -> JobRun:
    """JobRun the job; its pace is that of workers that always have work, without start and end."""
    with tempfile.TemporaryDirectory() as folder, _watched() as peaks:
        command = [sys.executable, "-m", "verichrome", "generate", "--out", folder, "--scenes-per-shard", "1"]
        for name in ("scenes", "views", "resolution"):
            command += [f"--{name}", str(getattr(options, name))]
        command += ["--workers", str(workers), "--cpus-per-worker", str(threads)]
        start = time.monotonic()
        subprocess.run(command, check=True, capture_output=True)
        wall = time.monotonic() - start
        store = Store(folder)
        receipts = [read_receipt(store, "frames", index) for index in committed(store, "frames")]
    seconds = sum(sum(receipt.seconds.values()) for receipt in receipts)
    frame = seconds / sum(receipt.samples for receipt in receipts)
    return JobRun(wall, frame, workers / frame, max(peaks, default=0) / 2**20)


@contextmanager
def _watched() -> Iterator[list[int]]:
    """The largest resident set of any render worker so far, KiB, which grows at the end of the list."""
    peaks: list[int] = []
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.5):
            peaks[:] = [max([*peaks, *_resident()], default=0)]

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield peaks
    finally:
        over.set()
        thread.join()


def _resident() -> Iterator[int]:
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:  # it has ended
            continue
        if fields["Name"].strip().startswith(NAME) and "VmHWM" in fields:
            yield int(fields["VmHWM"].split()[0])


if __name__ == "__main__":
    main()
