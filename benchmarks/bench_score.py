"""How fast answers are scored, and in how much memory, for more and more pairs.

    python -m benchmarks.bench_score [--pairs 500 2500 10000] [--side 128]

One shard is really made by a stand-in for Blender; the others are copies with other keys. The answers are the targets,
as one tar. Each size runs in a process of its own, so that its memory can be told from the others'.
"""

import argparse
import io
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

from encode import SceneIndex
from shards import ShardIndex, ShardWriter, Store, iter_shard, read_receipt
from shards.layout import KINDS, Kind
from shards.receipt import Receipt
from shards.scoring import open_answers, score_answers
from tests.job.fake_engine import FakeBlender
from verichrome.configfile import resolve
from verichrome.machine import cores
from verichrome.messages import WorkItem
from verichrome.worker.shard import ShardMaker

SCENES = 8


def main() -> None:
    """Make the data set and score parts of it."""
    options = _options()
    if options.score is not None:
        _score(options.score, options.workers)
        return
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"{folder}/set")
        config = resolve(
            {"resolution": options.side, "scenes": SCENES, "scenes_per_shard": SCENES, "views": 2, "out": store.url}, {}
        )
        for _ in ShardMaker(config, store).run(_first(), FakeBlender()(config.render.settings())):
            pass
        made = 0
        for pairs in options.pairs:
            made = _grow(store, made, pairs, Path(folder))
            command = [
                sys.executable,
                "-m",
                "benchmarks.bench_score",
                "--score",
                folder,
                "--workers",
                str(options.workers),
            ]
            subprocess.run(command, check=True)


def _first() -> WorkItem:
    return WorkItem(ShardIndex(0), SceneIndex(0), SceneIndex(SCENES))


def _grow(store: Store, shards: int, pairs: int, folder: Path) -> int:
    """Copy the first shard until there are so many pairs, write all targets as answers; return the number of shards."""
    receipts = {kind: read_receipt(store, kind, ShardIndex(0)) for kind in KINDS}
    shards = max(shards, 1)
    while shards * len(receipts["pairs"].pairs) < pairs:
        for kind in KINDS:
            _copy(store, kind, receipts[kind], ShardIndex(shards))
        shards += 1
    with tarfile.open(folder / "answers.tar", "w") as tar:
        for index in map(ShardIndex, range(shards)):
            receipt = read_receipt(store, "pairs", index)
            for key, members in iter_shard(store, receipt.file, receipt):
                info = tarfile.TarInfo(f"{key}.png")
                info.size = len(members["target.png"])
                tar.addfile(info, io.BytesIO(members["target.png"]))
    return shards


def _copy(store: Store, kind: Kind, receipt: Receipt, index: ShardIndex) -> None:
    def renamed(key: str) -> str:
        return f"s{int(key[1:8]) + index * SCENES:07d}{key[8:]}"

    def edited(key: str, suffix: str, content: bytes) -> bytes:
        frame = "-".join(key.split("-")[:2])
        return content.replace(frame.encode(), renamed(frame).encode()) if suffix.endswith(".json") else content

    with ShardWriter(store, kind, index) as writer:
        for key, members in iter_shard(store, receipt.file, receipt):
            writer.add(renamed(key), {suffix: edited(key, suffix, content) for suffix, content in members.items()})
        scene = {"scene_index": index * SCENES}
        writer.commit(
            fingerprint=receipt.fingerprint,
            frames=[
                row.model_copy(
                    update={
                        "key": renamed(row.key),
                        "shard": index,
                        "scene_index": row.scene_index + scene["scene_index"],
                    }
                )
                for row in receipt.frames
            ],
            pairs=[
                row.model_copy(update={"key": renamed(row.key), "frame_key": renamed(row.frame_key), "shard": index})
                for row in receipt.pairs
            ],
            scenes=[
                row.model_copy(update={"scene_index": row.scene_index + scene["scene_index"]}) for row in receipt.scenes
            ],
        )


def _score(folder: str, workers: int) -> None:
    start = time.perf_counter()
    report = score_answers(open_answers(f"{folder}/answers.tar"), Store(f"{folder}/set"), workers=workers)
    seconds = time.perf_counter() - start
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    count = len(report.pairs)
    sys.stdout.write(
        f"{count:7,} pairs, {workers} processes: {seconds:6.1f} s, {count / seconds:5.0f} pairs/s,"
        f" driver {_peak_megabytes():4.0f} MB, largest process {child:4.0f} MB\n"
    )


def _peak_megabytes() -> float:
    """Peak of this process's memory; that of `getrusage` begins with what its parent had."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, nargs="+", default=[500, 2500, 10_000], help="sizes of the set, ascending")
    parser.add_argument("--side", type=int, default=128, help="pixels")
    parser.add_argument("--workers", type=int, default=cores())
    parser.add_argument("--score", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
