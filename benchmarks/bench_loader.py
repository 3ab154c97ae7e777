"""Pairs a second and core of the loader for torch, from stored pairs and from frames.

    python benchmarks/bench_loader.py DATASET [--prompts 4] [--seconds 20]

Seconds are this process's CPU time, with one thread; the first shard is read once before, so that imports do not count.
"""

import argparse
import sys
import time
from itertools import islice

import torch

from shards.torch import FrameDataset, PairDataset

TASKS = ("depth", "normals", "semantic", "referring")


def rate(dataset: PairDataset | FrameDataset, seconds: float) -> tuple[int, float]:
    """Return how many samples were taken in about `seconds` of CPU time, and how many that is a second."""
    list(islice(dataset, 8))
    start, taken = time.process_time(), 0
    for _ in dataset:
        taken += 1
        if time.process_time() - start > seconds:
            break
    return taken, taken / (time.process_time() - start)


def main() -> None:
    """Print a line for each kind of data set."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", metavar="DATASET", help="folder or URL that `verichrome generate` wrote")
    parser.add_argument("--prompts", type=int, default=4, help="pairs made of each frame")
    parser.add_argument("--seconds", type=float, default=20.0, help="CPU seconds for each line")
    options = parser.parse_args()
    torch.set_num_threads(1)
    pairs = PairDataset(options.data, mode="resampled", shuffle=0)
    frames = FrameDataset(options.data, tasks=TASKS, prompts=options.prompts, mode="resampled", shuffle=0)
    sides = "x".join(map(str, next(iter(frames))["source"].shape[1::-1]))
    for name, dataset in (("stored pairs", pairs), (f"frames, {options.prompts} prompts each", frames)):
        taken, each_second = rate(dataset, options.seconds)
        sys.stdout.write(f"{sides} {name:28} {each_second:7.1f} pairs/s/core ({taken} pairs)\n")


if __name__ == "__main__":
    main()
