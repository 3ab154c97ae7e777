"""What a scene costs before its first render: sampling, geometry, materials and physics, and the memory of it.

    python benchmarks/bench_build.py [SCENES [FAMILY ...]]

Each family has a process of its own, so that its peak of memory is its own too. The first scene of a process pays for
imports and Blender's start; it is built once more at the end instead.
"""

import json
import os
import resource
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import numpy as np

from render.settings import RenderSettings
from scenes import sample_scene
from scenes.families import all_families

if TYPE_CHECKING:
    from render.materials.tree_cache import TreeCache

FAMILIES = tuple(name for name, family in all_families().items() if not family.of_library)  # those need one's own files


def seconds_of(family: str, index: int, trees: "TreeCache") -> dict[str, float]:
    """Wall seconds of one scene by stage: sample, build, physics."""
    from render.stage import Stage  # Blender, only in the process that builds

    start = time.perf_counter()
    spec = sample_scene(family, seed=0, index=index, views=2)
    sampled = time.perf_counter() - start
    stage = Stage(spec, RenderSettings(samples=1, threads=os.cpu_count() or 1), trees)
    return {"sample": sampled, **stage.seconds}


def measure(family: str, scenes: int) -> None:
    """One JSON line: the rows of all scenes and the peak of resident memory in GiB. Ends the process."""
    from render.materials.tree_cache import TreeCache

    trees = TreeCache()
    seconds_of(family, 0, trees)
    rows = [seconds_of(family, index, trees) for index in [*range(1, scenes), 0]]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    sys.stdout.write(json.dumps({"rows": rows, "peak": peak}) + "\n")
    sys.stdout.flush()
    os._exit(0)  # Blender may crash on the way out


def main(scenes: int, names: tuple[str, ...]) -> None:
    """A line a family: medians by stage, the whole's median, 90th percentile and maximum, and memory."""
    stages = ("sample", "build", "physics")
    heads = (*stages, "median", "90 %", "max", "GiB")
    sys.stdout.write(f"{f'{scenes} scenes a family, seconds':<32}" + "".join(f"{head:>9}" for head in heads) + "\n")
    for name in names:
        command = [sys.executable, __file__, "--measure", name, str(scenes)]
        measured = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.splitlines()[-1])
        totals = [sum(row.values()) for row in measured["rows"]]
        medians = [np.median([row[stage] for row in measured["rows"]]) for stage in stages]
        figures = [*medians, np.median(totals), np.percentile(totals, 90), max(totals), measured["peak"]]
        sys.stdout.write(f"{name:<32}" + "".join(f"{figure:9.2f}" for figure in figures) + "\n")


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] == ["--measure"]:
        measure(arguments[1], int(arguments[2]))
    else:
        main(int(arguments[0]) if arguments else 12, tuple(arguments[1:]) or FAMILIES)
