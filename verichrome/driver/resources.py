"""How many workers there are, and how many CPU threads and GPUs each has.

A tenth to a third of a frame's work (sampling, building, checks, encoding) runs on one thread, so that workers of one
thread each make the most frames (benchmarks/bench_workers.py). Each needs memory for a Blender and a scene of its own:
where memory is short of that, there are fewer workers, of more threads.
"""

import math
from dataclasses import dataclass

from verichrome.config import Config
from verichrome.machine import GIB, worker_memory_bytes
from verichrome.worker.shard import Recycling

__all__ = ["Resources", "recycling", "scene_memory", "share_out"]

#: Bytes for a worker that renders sampled scenes, and for one that renders the user's own files, which may be large.
WORKER_MEMORY, LIBRARY_WORKER_MEMORY = 3 * GIB, 6 * GIB
#: And bytes for each pixel of a view: of Cycles' buffers, Blender's passes and the truth.
PIXEL_MEMORY = 1536
#: Share of the bytes at which a scene is ended; a worker that keeps more after a scene is replaced.
RECYCLED = 0.8
#: Workers on one GPU: while one builds or encodes, another renders.
WORKERS_PER_GPU = 2


@dataclass(frozen=True, slots=True)
class Resources:
    """`workers` processes, each with `threads` CPU threads and `gpus` GPUs, a share of one where it is below 1."""

    workers: int
    threads: int
    gpus: float


def share_out(config: Config, cores: int, gpus: float, memory: float) -> Resources:
    """What `config` sets, and otherwise what suits `cores`, `gpus` and bytes of `memory`."""
    gpus = 0.0 if config.render.device == "cpu" else gpus
    workers = config.job.workers or _workers(config, cores, gpus, memory)
    threads = config.job.cpus_per_worker or max(1, cores // workers)
    return Resources(workers, threads, _gpus(config, gpus, workers))


def scene_memory(config: Config, workers: int) -> int:
    """Bytes at which a scene is ended; 0 on a cluster of unknown machines, where Ray alone watches memory."""
    if config.job.scene_memory is not None:
        return int(config.job.scene_memory * GIB)
    return 0 if config.job.address else worker_memory_bytes() // workers


def recycling(config: Config, workers: int) -> Recycling:
    """When a worker is replaced: before what it has kept of earlier scenes would end one."""
    memory = config.job.worker_memory * GIB
    limit = scene_memory(config, workers)
    return Recycling(config.job.worker_scenes, min(memory, RECYCLED * limit) if limit else memory)


def _workers(config: Config, cores: int, gpus: float, memory: float) -> int:
    limit = cores // (config.job.cpus_per_worker or _threads(config, cores, memory))
    if config.job.gpus_per_worker:
        limit = min(limit, int(gpus / config.job.gpus_per_worker))
    elif gpus:
        limit = min(limit, int(gpus * WORKERS_PER_GPU))
    return max(1, min(limit, config.job.shards))  # a worker without a shard would leave its cores idle


def _threads(config: Config, cores: int, memory: float) -> int:
    """The fewest threads a worker with which as many workers as use all cores fit into memory."""
    size = config.render.resolution
    own = LIBRARY_WORKER_MEMORY if config.job.uses_library else WORKER_MEMORY
    fitting = min(cores, memory / (own + PIXEL_MEMORY * size.width * size.height))
    return math.ceil(cores / max(1, int(fitting)))


def _gpus(config: Config, gpus: float, workers: int) -> float:
    if config.job.gpus_per_worker is not None:
        return config.job.gpus_per_worker
    share = gpus / workers
    return float(int(share)) if share >= 1 else share  # Ray takes whole GPUs above one
