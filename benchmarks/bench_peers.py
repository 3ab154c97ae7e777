"""Verichrome beside BlenderProc 2.8 and plain bpy scripts: the same views, from the start of the process to its exit.

    uv run python -m benchmarks.bench_peers FOLDER [--work 1x20 10x5] [--rounds 2] [--family tabletop]
    uv run python -m benchmarks.bench_peers FOLDER --work 1x2 --resolution 128 --samples 4 --rounds 1     # a trial

FOLDER keeps the peers' environments (4 GB, by uv from the package index) and the shared scenes; a second run uses
them.

**The same work.** Verichrome's command samples scenes of one of its families and picks the cameras. The scenes of its
data set are saved as .blend files with all their procedural materials, lamps and worlds (by bpy 4.5, which reads
Blender 5's files and writes ones that Blender 4.2 reads), and the peers render them from the very cameras that were
kept. All get as many samples, threads and cores. Outputs are an RGB image, depth, normals, instances and classes of
each view. What differs:

- Verichrome shares the threads out among its workers: two of one thread where there are two scenes. The others have
  one process.
- It samples and builds its scenes, lets objects fall, checks each view, and refuses some. The others load a
  file.
- Its truth is a render of its own, exact at pixel centres. The others take passes of the image's render.
- BlenderProc and `bpy 4.2` have Cycles of Blender 4.2, the others that of 5.2. BlenderProc denoises in its
  compositor, which has no `balanced` quality. Under an open sky the others have the sky of Blender 4.2, which is
  looked up in a table as ours is.
- BlenderProc is started as a module, which its command is spared, and renders all scenes in one process, where its
  documentation starts one for each; its segmentation comes from the image's own render, which is its faster way.
- The side `verichrome standard` has fewer samples than the work: `bench_quality` says what its images are beside those
  of Blender's defaults with 16.

| side | what it is |
| --- | --- |
| `verichrome` | `verichrome generate` with one task and no photograph: image, truth and records |
| `verichrome all` | as its users run it: pairs of all default tasks, photographs |
| `verichrome standard` | as `verichrome`, but with the samples of quality `standard` |
| `blenderproc` | Cycles set as Verichrome sets it: bounces, no adaptive sampling, fast prefilter; HDF5 written |
| `blenderproc own` | its own defaults: 3 diffuse bounces and no others, noise threshold 0.01, accurate prefilter |
| `bpy 4.2`, `bpy 5.2` | a plain script, Cycles set as Verichrome sets it: one render, an EXR of passes and a PNG |

**Columns**: seconds from the start of the process to the first ray; from there to the last file of a view, over the
views; from there to exit; in all; views a second of that; CPU seconds of all processes in all and a view; the peak
of their memory together; `x`: views a second over those of `blenderproc` in the same round, and `x CPU` its CPU
seconds over the side's. Medians of the rounds, in each of which all sides take turns, after one small view of each
that is not counted. Other work on the machine adds to seconds, and less to CPU seconds.
"""

import argparse
import os
import sys
from pathlib import Path
from statistics import median

from benchmarks.arguments import whole_number
from benchmarks.peers.environments import make_environments
from benchmarks.peers.sides import SIDES, VERICHROME, MeasuredRun, SharedWork, run_side, shared_scenes, warm_up

MEASURE = "blenderproc"  # the side that the others are compared with
HEADS = ("start", "s/view", "end", "total", "views/s", "CPU s", "CPU/view", "GiB", "x", "x CPU")


def print_table(work: SharedWork, runs: dict[str, list[MeasuredRun]]) -> None:
    """A line for each side, then the stages of Verichrome's."""
    title = f"{work.scenes} x {work.views} views of {work.family}, {work.resolution} px, {work.samples} samples"
    lines = [f"\n{title:<48}" + "".join(f"{head:>9}" for head in HEADS)]
    for side, measured in runs.items():
        figures = [median(column) for column in zip(*(run.figures(work.frames) for run in measured), strict=True)]
        if MEASURE in runs:
            turns = list(zip(measured, runs[MEASURE], strict=True))
            figures.append(median(other.total / run.total for run, other in turns))
            figures.append(median(other.cpu / run.cpu for run, other in turns))
        totals = ", ".join(f"{run.total:.1f}" for run in measured)
        lines.append(f"{f'{side} ({totals})':<48}" + "".join(f"{figure:9.2f}" for figure in figures))
    for side in VERICHROME.keys() & runs.keys():
        names = sorted({name for run in runs[side] for name in run.stages})
        seconds = {name: median(run.stages.get(name, 0.0) for run in runs[side]) / work.frames for name in names}
        shares = ", ".join(f"{name} {spent:.3f}" for name, spent in sorted(seconds.items(), key=lambda item: -item[1]))
        lines.append(f"a worker's seconds a view of {side}: {shares}")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Run all sides in turn, and print a table of each work."""
    options = _options()
    folder = options.folder.absolute()
    cores = set(sorted(os.sched_getaffinity(0))[: options.threads])
    try:
        environments = make_environments(folder)
        for scenes, views in options.work:
            work = SharedWork(options.family, scenes, views, options.resolution, options.samples, options.threads)
            shared = shared_scenes(folder / "scenes", work, environments)
            runs: dict[str, list[MeasuredRun]] = {side: [] for side in options.sides}
            for side in runs:
                warm_up(side, shared, environments, work, cores)
            for turn in range(options.rounds):
                for side, measured in runs.items():
                    measured.append(run_side(side, work, shared, environments, cores))
                    figures = [round(figure, 2) for figure in measured[-1].figures(work.frames)]
                    sys.stderr.write(f"{turn + 1} {side}: {dict(zip(HEADS, figures, strict=False))}\n")
            print_table(work, runs)
    except RuntimeError as error:
        sys.exit(str(error))


def _work(text: str) -> tuple[int, int]:
    scenes, _, views = text.partition("x")
    if not (scenes.isdecimal() and views.isdecimal() and int(scenes) and int(views)):
        raise argparse.ArgumentTypeError(f"{text} is not SCENESxVIEWS, such as 10x5")
    return int(scenes), int(views)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="keeps the peers' environments and the shared scenes")
    parser.add_argument("--work", type=_work, nargs="+", default=[(1, 20), (10, 5)], metavar="SCENESxVIEWS")
    parser.add_argument("--family", default="tabletop", help="of Verichrome's scenes")
    parser.add_argument("--resolution", type=whole_number(), default=512)
    parser.add_argument("--samples", type=whole_number(), default=16)
    parser.add_argument("--threads", type=whole_number(), default=2, help="threads and cores of each side")
    parser.add_argument("--rounds", type=whole_number(), default=2)
    parser.add_argument("--sides", nargs="+", choices=SIDES, default=SIDES, metavar="SIDE", help=", ".join(SIDES))
    return parser.parse_args()


if __name__ == "__main__":
    main()
