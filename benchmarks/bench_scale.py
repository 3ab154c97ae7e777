"""What a job costs its driver, by the number of frames: memory, seconds a scene, the start of a resume, the finish.

    python -m benchmarks.bench_scale [FRAMES ...]      # 10000 and 1000000
    python -m benchmarks.bench_scale --ray [SCENES]    # workers that are real Ray actors, for the cost of Ray's calls

All of the driver is the real one. Its workers are fake: each takes a millisecond for a scene and writes receipts as
long as true ones (benchmarks/template_shards.py), in the driver's own process (benchmarks/stand_in_ray.py), and what
they take is taken off. Every figure comes from a process of its own, so that its peak of memory is its own too.
"""

import io
import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

START = time.perf_counter()

from rich.console import Console  # noqa: E402 - a resume pays for these imports, so they are timed

from benchmarks.stand_in_ray import StandInRay, standing_in  # noqa: E402
from benchmarks.template_shards import TemplateWorker  # noqa: E402
from render.watchdog import resident_bytes  # noqa: E402
from shards import Store  # noqa: E402
from shards.layout import ShardIndex, receipt_name  # noqa: E402
from verichrome.commands.generate import run_job  # noqa: E402
from verichrome.config import Config  # noqa: E402
from verichrome.configfile import resolve  # noqa: E402

IMPORTED = time.perf_counter()

VIEWS, SCENES_PER_SHARD, WORKERS = 2, 50, 64
MB = 1e6


@dataclass(frozen=True)
class ScaleFigures:
    """Of one job: milliseconds of the processor, seconds of wall time, and megabytes of resident memory.

    before: when the job starts. scheduled: when the last shard came in. peak: of all, the finish included. first_task:
    from the start of the job to its first task, which comes after some imports.
    """

    scenes: int
    driver_ms_a_scene: float
    finish_s: float
    before_mb: float
    scheduled_mb: float
    peak_mb: float
    imports_s: float
    first_task_s: float


def configuration(frames: int, folder: str) -> Config:
    """A job of that many frames, at the least resolution: pixels are not what is measured."""
    scenes = frames // VIEWS
    layout = {"views": VIEWS, "scenes_per_shard": SCENES_PER_SHARD, "workers": WORKERS}
    return resolve({"family": "shapes", "resolution": 64, "scenes": scenes, "out": folder, **layout})


def measure(frames: int, folder: str) -> ScaleFigures:
    """Run the job as far as it is not done yet."""
    config = configuration(frames, folder)
    worker = TemplateWorker(config, Store(folder))
    stand_in = StandInRay(worker.run, WORKERS)
    printed = io.StringIO()
    before = resident_bytes()
    start = time.perf_counter()
    with standing_in(stand_in):
        code = run_job(config, False, console=Console(file=printed))
    end = time.perf_counter()
    if code:
        raise SystemExit(f"the job ended with {code}: {printed.getvalue()}")
    return ScaleFigures(
        scenes=config.job.scenes,
        driver_ms_a_scene=1e3 * stand_in.driver_seconds / config.job.scenes,
        finish_s=end - stand_in.last,
        before_mb=before / MB,
        scheduled_mb=stand_in.resident / MB,
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MB,
        imports_s=IMPORTED - START,
        first_task_s=stand_in.first - start,
    )


def apart(frames: int, folder: str) -> ScaleFigures:
    """`measure` in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.bench_scale", "--measure", str(frames), folder]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=Path(__file__).parents[1])
    return ScaleFigures(**json.loads(done.stdout.splitlines()[-1]))  # the fake engine talks, as Blender does


def main(sizes: list[int]) -> None:
    """A line a size."""
    heads = ["frames", "receipts", "driver ms/scene", "finish s", "MB at first", "scheduled", "peak"]
    heads += ["imports s", "resume s"]
    sys.stdout.write("".join(f"{head:>17}" for head in heads) + "\n")
    for frames in sizes:
        with tempfile.TemporaryDirectory() as folder:
            first = apart(frames, folder)
            shards = -(-first.scenes // SCENES_PER_SHARD)
            Store(folder).remove(receipt_name("frames", ShardIndex(shards - 2)))
            again = apart(frames, folder)
        row = [frames, 2 * shards, first.driver_ms_a_scene, first.finish_s, first.before_mb, first.scheduled_mb]
        row += [first.peak_mb, again.imports_s, again.first_task_s]
        sys.stdout.write("".join(f"{value:17,.3g}" if value < 1e3 else f"{value:17,.0f}" for value in row) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--measure", frames, folder]:
            sys.stdout.write(json.dumps(asdict(measure(int(frames), folder))) + "\n")
        case ["--ray", *scenes]:
            from benchmarks.ray_calls import measure_ray

            measure_ray(int(scenes[0]) if scenes else 2000)
        case sizes:
            main([int(size) for size in sizes] or [10_000, 1_000_000])
