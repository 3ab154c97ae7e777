"""How the memory of one worker grows with the scenes that it renders.

    python benchmarks/bench_memory.py [--scenes 300] [--family mix] [--resolution 64] [--samples 1] [--threads 1]

This process is the worker: it samples, renders, encodes and commits shards as a job's workers do, but for their
recycling. Every ten scenes: resident memory, and what the C library's allocator has given out of it and not got back;
where the first grows and the second does not, memory is fragmented rather than kept.
At the end the peak and the slope of both by least squares over the second half, with its standard error; they vary with
the scene that is loaded, so their difference has a slope of its own. Resident memory of neighbouring scenes is
alike, so the true error is larger than that of independent scenes, which this is. The memory of the driver is
measured by bench_scale.
"""

import argparse
import ctypes
import os
import resource
import sys
import tempfile
import time

import numpy as np
from jaxtyping import Float64

from benchmarks.arguments import whole_number
from encode import SceneIndex
from render.watchdog import resident_bytes
from render.worker import blender_engine
from shards import ShardIndex, Store
from verichrome.configfile import resolve
from verichrome.messages import SceneDone, WorkItem
from verichrome.worker.shard import ShardMaker

MB = 1e6
#: Scenes a shard, and between two lines.
STEP = 10
#: Fields of glibc's `struct mallinfo2`.
MALLINFO = ("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost")


class _Mallinfo(ctypes.Structure):
    """What glibc 2.33 and later tells of its allocator."""

    _fields_ = [(name, ctypes.c_size_t) for name in MALLINFO]


def allocated_bytes() -> int:
    """Bytes that the C library's allocator has given out; 0 where it is not glibc."""
    mallinfo = getattr(ctypes.CDLL(None), "mallinfo2", None)
    if mallinfo is None:
        return 0
    mallinfo.restype = _Mallinfo
    info = mallinfo()
    return int(info.uordblks + info.hblkhd)


def slope(values: Float64[np.ndarray, "n"]) -> tuple[float, float]:
    """Slope of `values` over their index by least squares, and its standard error."""
    index = np.arange(len(values), dtype=np.float64)
    gradient, offset = np.polyfit(index, values, 1)
    residuals = values - (gradient * index + offset)
    spread = ((index - index.mean()) ** 2).sum()
    return float(gradient), float(np.sqrt((residuals**2).sum() / (len(values) - 2) / spread))


def main(options: argparse.Namespace) -> None:
    """Render the scenes and print a line for every ten."""
    fields = ("family", "resolution", "samples")
    config = resolve(
        {name: getattr(options, name) for name in fields},
        {"views": 1, "scenes": options.scenes, "scenes_per_shard": STEP, "device": "cpu"},
    )
    engine = blender_engine(config.render.settings(options.threads))
    rows, start, cpu = [], time.monotonic(), time.process_time()
    with tempfile.TemporaryDirectory(prefix="verichrome-bench-") as folder:
        maker = ShardMaker(config, Store(folder))
        for index in range(config.job.shards):
            scenes = SceneIndex(index * STEP), SceneIndex(min((index + 1) * STEP, options.scenes))
            for message in maker.run(WorkItem(ShardIndex(index), *scenes), engine):
                if isinstance(message, SceneDone):
                    rows.append((resident_bytes() / MB, allocated_bytes() / MB))
                    if len(rows) % STEP == 0 or len(rows) == options.scenes:
                        resident, allocated = rows[-1]
                        sys.stderr.write(f"{len(rows):6} scenes {resident:8.0f} MB, {allocated:8.0f} allocated\n")
    _report(np.array(rows), time.monotonic() - start, time.process_time() - cpu)


def _report(rows: Float64[np.ndarray, "n 2"], wall: float, cpu: float) -> None:
    half = rows[len(rows) // 2 :]
    columns = {"resident": half[:, 0], "allocated": half[:, 1], "difference": half[:, 0] - half[:, 1]}
    for name, values in columns.items():
        gradient, error = slope(values)
        sys.stderr.write(f"{name}: {gradient:+.3f} +- {error:.3f} MB a scene over the last {len(half)}\n")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MB
    sys.stderr.write(f"peak {peak:.0f} MB; {wall:.0f} s, {cpu:.0f} of the processor\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenes", type=whole_number(2 * STEP), default=300)
    parser.add_argument("--family", default="mix")
    parser.add_argument("--resolution", default="64")
    parser.add_argument("--samples", type=whole_number(), default=1)
    parser.add_argument("--threads", type=whole_number(), default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main(_options())
    sys.stderr.flush()
    os._exit(0)  # a process that imported bpy may crash at exit
