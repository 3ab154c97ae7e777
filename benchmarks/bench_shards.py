"""What pairs and shards cost: PNG, pairs a second and core, the audit, and shards against `tar` and `cat`.

    python benchmarks/bench_shards.py DATASET [--rounds 5]

DATASET is a folder that `verichrome generate` wrote, with pairs. Seconds of the first three are this process's CPU time
with one thread; those of shards are wall time, since a disk is waited for. Each ratio is taken in turn, round by round.
"""

import argparse
import dataclasses
import io
import itertools
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path

import numpy as np
import webdataset
from jaxtyping import UInt8
from PIL import Image

from encode import Frame, make_pairs
from encode.png_encoder import encode_png
from shards import PairRow, ShardIndex, ShardWriter, Store, encode_image, iter_frames, iter_shard, pair_members
from shards.layout import shard_name
from shards.receipts import read_receipts

#: The five tasks of the recipe.
TASKS = ("depth", "normals", "semantic", "instance", "referring")

Pixels = UInt8[np.ndarray, "h w 3"]


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def least(runs: list[float]) -> float:
    """The least of the rounds: what is beside this process only adds to it."""
    return min(runs)


def cpu_seconds(run: Callable[[], object]) -> float:
    """CPU seconds of this process."""
    start = time.process_time()
    run()
    return time.process_time() - start


def wall_seconds(run: Callable[[], object]) -> float:
    """Seconds that pass."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def pillow_png(image: Pixels) -> bytes:
    """A PNG by Pillow at the level that shards had before."""
    stream = io.BytesIO()
    Image.fromarray(image).save(stream, "PNG", compress_level=4)
    return stream.getvalue()


def bench_png(frames: list[Frame], rounds: int) -> None:
    """Size and time of PNG by kind of image, against Pillow."""
    images: dict[str, list[Pixels]] = {"image": [frame.image for frame in frames]}
    for task in TASKS:
        images[task] = [pair.target for frame in frames for pair in make_pairs(frame, [task], seed=0)]
    for kind, pixels in images.items():
        ours, pillow = [], []
        for _ in range(rounds):
            ours.append(cpu_seconds(lambda pixels=pixels: [encode_png(image) for image in pixels]))  # type: ignore[misc]
            pillow.append(cpu_seconds(lambda pixels=pixels: [pillow_png(image) for image in pixels]))  # type: ignore[misc]
        bytes_ours, bytes_pillow = (sum(len(write(image)) for image in pixels) for write in (encode_png, pillow_png))
        milliseconds = 1e3 / len(pixels)
        say(
            f"PNG {kind:10}{least(ours) * milliseconds:6.2f} ms {bytes_ours / len(pixels) / 1e3:7.1f} kB,"
            f" Pillow {least(pillow) * milliseconds:6.2f} ms {bytes_pillow / len(pixels) / 1e3:7.1f} kB:"
            f" {least(pillow) / least(ours):.1f} times as fast, {bytes_ours / bytes_pillow:.2f} of the bytes"
        )


def bench_pairs(frames: list[Frame], rounds: int) -> None:
    """Pairs a second and core of five tasks, from frames in memory to the members of samples."""
    counted, stages = [], defaultdict[str, list[float]](list)
    pairs = 0
    for number in range(rounds):
        seconds, pairs = defaultdict[str, float](float), 0
        for kept in frames:
            frame = dataclasses.replace(kept)  # its caches are empty
            start = time.process_time()
            source = encode_image(frame.image)
            seconds["source"] += time.process_time() - start
            for task in TASKS:
                start = time.process_time()
                made = make_pairs(frame, [task], seed=number)
                seconds[task] += time.process_time() - start
                start = time.process_time()
                for pair in made:
                    PairRow.of(pair, pair_members(pair, source), shard=ShardIndex(0))
                seconds["members"] += time.process_time() - start
                pairs += len(made)
        counted.append(pairs / sum(seconds.values()))
        for stage, taken in seconds.items():
            stages[stage].append(taken / len(frames))
    parts = ", ".join(f"{stage} {least(taken) * 1e3:.1f}" for stage, taken in stages.items())
    say(f"pairs {max(counted):.1f} a second and core ({pairs} pairs; ms a frame: {parts})")


def bench_audit(folder: Path, rounds: int) -> None:
    """Pairs a second and core of `verichrome audit`, with start and frames, and of each further pair."""
    verichrome = [sys.executable, "-m", "verichrome"]
    frames = sum(receipt.samples for receipt in read_receipts(Store(str(folder)), "frames"))
    figures = []
    with tempfile.TemporaryDirectory(dir=folder.parent) as place:
        for prompts in (1, 4):
            out = str(Path(place, str(prompts)))
            flags = ["--tasks", ",".join(TASKS), "--prompts-per-task", str(prompts), "--out", out]
            child_seconds([*verichrome, "encode", str(folder), *flags])
            pairs = sum(receipt.samples for receipt in read_receipts(Store(out), "pairs"))
            audit = [*verichrome, "audit", out, "--frames", str(folder)]
            seconds = least([child_seconds(audit) for _ in range(rounds)])
            figures.append((pairs, seconds))
            say(
                f"audit {pairs / seconds:.1f} pairs a second and core ({pairs} pairs, {frames} frames, {seconds:.2f} s)"
            )
    (few, less), (many, more) = figures
    say(f"audit {(many - few) / (more - less):.1f} more pairs a second and core")


def child_seconds(command: list[str]) -> float:
    """CPU seconds of a process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def bench_shards(folder: Path, rounds: int) -> None:
    """Bytes a second of writing and reading a shard, against `tar` and `cat` of the same bytes."""
    store = Store(str(folder))
    receipt = max(read_receipts(store, "frames"), key=lambda receipt: receipt.bytes)
    samples = list(iter_shard(store, receipt.file, receipt))
    fields = receipt.model_dump(exclude={"kind", "index", "file", "bytes", "sha256", "crc32", "samples"})
    with tempfile.TemporaryDirectory(dir=folder.parent) as place:
        files, fresh = Path(place, "files"), itertools.count()
        files.mkdir()
        names = [f"{key}.{suffix}" for key, members in samples for suffix in sorted(members)]
        for key, members in samples:
            for suffix, content in members.items():
                (files / f"{key}.{suffix}").write_bytes(content)
        (files / "names").write_text("\n".join(names))
        name = shard_name("frames", receipt.index)

        # Always under a new name: a rename over an older file waits for the disk once more.
        def write() -> None:
            out = Store(str(Path(place, f"out-{next(fresh)}")))
            with ShardWriter(out, "frames", receipt.index) as writer:
                for key, members in samples:
                    writer.add(key, members)
                writer.commit(**fields)

        def write_by_tar() -> None:
            tar = Path(place, f"{next(fresh)}.tar")
            pack = ["tar", "--format=ustar", "-C", str(files), "-cf", str(tar), "-T", str(files / "names")]
            subprocess.run(pack, check=True)
            descriptor = os.open(tar, os.O_RDONLY)
            os.fsync(descriptor)  # a shard is durable when it has its name
            os.close(descriptor)

        compare("write", receipt.bytes, {"ours": write, "tar": write_by_tar}, rounds)

        out = Store(str(Path(place, "out-0")))
        written = Path(place, "out-0", name)

        def read() -> None:
            for _ in iter_shard(out, name):
                pass

        def read_by_webdataset() -> None:
            for _ in webdataset.WebDataset(str(written), shardshuffle=False, empty_check=False):
                pass

        def read_by_cat() -> None:
            with open(os.devnull, "wb") as nothing:
                subprocess.run(["cat", str(written)], check=True, stdout=nothing)

        reads = {"ours": read, "webdataset": read_by_webdataset, "cat": read_by_cat}
        compare("read, from memory", receipt.bytes, reads, rounds)
        compare(
            "read, from the disk",
            receipt.bytes,
            {name: _from_disk(written, run) for name, run in reads.items()},
            rounds,
        )


def _from_disk(file: Path, run: Callable[[], object]) -> Callable[[], object]:
    """`run` after the system has forgotten the file's content; the forgetting takes no time worth counting."""

    def cold() -> None:
        descriptor = os.open(file, os.O_RDONLY)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(descriptor)
        run()

    return cold


def compare(what: str, size: int, runs: Mapping[str, Callable[[], object]], rounds: int) -> None:
    """Print the speeds of all, taken in turn, and their ratios to the last, which is the measure."""
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            seconds[name].append(wall_seconds(run))
    *_, measure = runs
    speeds = ", ".join(
        f"{name} {size / least(taken) / 1e6:.0f} MB/s ({least(seconds[measure]) / least(taken):.0%})"
        for name, taken in seconds.items()
    )
    say(f"{what}, {size / 1e6:.0f} MB: {speeds} of {measure}")


def spread(frames: Iterator[Frame], count: int) -> list[Frame]:
    """At most `count` frames, of the first ones."""
    return list(islice(frames, count))


def main() -> None:
    """Print a line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", metavar="DATASET", type=Path, help="folder that `verichrome generate` wrote")
    parser.add_argument("--rounds", type=int, default=5, help="of which the best counts")
    parser.add_argument("--frames", type=int, default=12, help="for PNG and pairs")
    options = parser.parse_args()
    frames = spread(iter_frames(Store(str(options.data))), options.frames)
    bench_png(frames, options.rounds)
    bench_pairs(frames, options.rounds)
    bench_shards(options.data, options.rounds)
    bench_audit(options.data, options.rounds)


if __name__ == "__main__":
    main()
