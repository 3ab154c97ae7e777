"""How many workers there are, and how many CPU threads and GPUs each has."""

from dataclasses import dataclass

from verichrome.config import Config

__all__ = ["Resources", "share_out"]

#: Building, physics and encoding run on one thread, so more workers beat more threads each; but every
#: worker holds a Blender of 0.6 GB and more, so beyond a few cores workers get several threads.
THREADS = 4
#: Workers on one GPU: while one builds or encodes, another renders.
WORKERS_PER_GPU = 2


@dataclass(frozen=True, slots=True)
class Resources:
    """`workers` processes, each with `threads` CPU threads and `gpus` GPUs, a share of one where it is below 1."""

    workers: int
    threads: int
    gpus: float


def share_out(config: Config, cores: int, gpus: float) -> Resources:
    """What `config` sets, and otherwise what suits `cores` and `gpus`."""
    gpus = 0.0 if config.render.device == "cpu" else gpus
    workers = config.job.workers or _workers(config, cores, gpus)
    threads = config.job.cpus_per_worker or max(1, cores // workers)
    return Resources(workers, threads, _gpus(config, gpus, workers))


def _workers(config: Config, cores: int, gpus: float) -> int:
    limit = cores // config.job.cpus_per_worker if config.job.cpus_per_worker else max(min(cores, 2), cores // THREADS)
    if config.job.gpus_per_worker:
        limit = min(limit, int(gpus / config.job.gpus_per_worker))
    elif gpus:
        limit = min(limit, int(gpus * WORKERS_PER_GPU))
    return max(1, min(limit, config.job.shards))  # a worker without a shard would leave its cores idle


def _gpus(config: Config, gpus: float, workers: int) -> float:
    if config.job.gpus_per_worker is not None:
        return config.job.gpus_per_worker
    share = gpus / workers
    return float(int(share)) if share >= 1 else share  # Ray takes whole GPUs above one
