"""The functions of `import verichrome`: one scene from its seed to a scored answer, without the command line.

Each takes the configuration that `configure` returns, so every flag of `verichrome generate` is a keyword here too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import UInt8

from encode import Frame, Pair, SceneIndex, get_task, make_pairs
from scenes import AssetLibrary, SceneSpec
from shards import AuditReport, ShardWriter, Store, read_frame
from verichrome.config import Config
from verichrome.configfile import read_values, resolve
from verichrome.dataset import Dataset, open_dataset
from verichrome.driver.plan import work_items
from verichrome.lock import hold_output
from verichrome.messages import WorkItem
from verichrome.output import claim_output, open_output
from verichrome.overview import write_overview
from verichrome.render_process import render_in_process
from verichrome.scoring import score_predictions
from verichrome.worker.finished_scene import FinishedScene, restore_scene
from verichrome.worker.sampling import sample as sample_attempt
from verichrome.worker.shard import ShardBuilder

__all__ = [
    "SceneFrames",
    "audit",
    "configure",
    "encode",
    "open_dataset",
    "render",
    "sample",
    "score",
    "score_predictions",
    "write",
]


@dataclass(frozen=True)
class SceneFrames:
    """A rendered scene: its `spec`, and its views as `frames`."""

    spec: SceneSpec
    _finished: FinishedScene

    @cached_property
    def frames(self) -> tuple[Frame, ...]:
        """One frame a view: image, truth, camera and object records, exactly as a data set holds them."""
        return tuple(read_frame(members) for members in self._finished.frames)


def configure(path: str | Path | None = None, **fields: Any) -> Config:
    """The configuration with these fields, on top of those of a YAML file where `path` names one.

    A field is named as its flag is: `configure(family="room", samples=32, out="out/rooms")`. Raises UsageError.
    """
    return resolve(read_values(Path(path)) if path is not None else {}, fields)


def sample(config: Config, scene: int, *, attempt: int = 0, library: AssetLibrary | None = None) -> SceneSpec:
    """The scene of this index as data: objects, light and cameras. The same arguments give the same scene.

    If `render` rejects a scene, another `attempt` gives another one. `library`: the user's own files, as
    `verichrome.library.open_library(config).library` has them. Raises scenes.SceneError where sampling fails.
    """
    return sample_attempt(config, SceneIndex(scene), attempt, library or AssetLibrary())


def render(config: Config, spec: SceneSpec) -> SceneFrames:
    """Render every view of the scene, image and truth, and check it.

    Blender runs in a process of its own, which takes some seconds to start: this process does not load it, and whatever
    happens to Blender cannot end this process. For many scenes `verichrome generate` keeps its workers running. Raises
    render.SceneRejected where no camera of a view passes the checks, and render.RenderError where Blender is missing,
    crashes or takes longer than `config.job.scene_timeout` seconds.
    """
    return SceneFrames(spec, render_in_process(config, spec))


def encode(config: Config, frame: Frame) -> list[Pair]:
    """Prompt, RGB target and meta for every task of the configuration that can ask something about the frame."""
    wanted = config.pairs
    pairs = make_pairs(
        frame,
        wanted.tasks,
        seed=config.scenes.seed,
        prompts_per_task=wanted.prompts_per_task,
        split=wanted.split,
        shares=wanted.shares(),
    )
    return list(pairs)


def write(config: Config, scenes: Iterable[SceneFrames]) -> Dataset:
    """Write the data set that `verichrome generate` would write of these scenes to `config.job.out`.

    They are the scenes of the indices 0, 1, 2... in that order, rendered with this configuration. Shards, receipts,
    config.yaml, manifest, card and contact sheet are written, and existing shards are replaced. Raises
    ValueError for other scenes, UsageError where the output cannot be used, shards.ShardError where writing fails.
    """
    ordered = list(scenes)
    if [scene.spec.index for scene in ordered] != list(range(len(ordered))) or not ordered:
        raise ValueError(f"expected scenes of the indices 0, 1, 2..., got {[scene.spec.index for scene in ordered]}")
    config = config.changed(scenes=len(ordered))
    store = open_output(config, "write")
    with hold_output(store):
        claim_output(store, config)
        for item in work_items(config):
            _write_shard(config, store, item, ordered[item.start : item.stop])
        write_overview(store, config)
    return Dataset(store, store)


def audit(url: str | Path, frames: str | Path | None = None) -> AuditReport:
    """Check every file, frame and pair of a data set against its receipts and its truth.

    `frames`: where the frames are, if elsewhere. `report.ok` is true if there is no problem; `str(report)` lists all.
    Raises UsageError where there is not a data set.
    """
    return open_dataset(url, frames).audit()


def score(answer: UInt8[np.ndarray, "h w 3"], frame: Frame, pair: Pair) -> dict[str, float]:
    """Decode what a model painted for the pair's prompt, and compare it with the frame's truth.

    `answer` has the size of the target. The names of the scores are those of the task (docs/decoding.md).
    Raises encode.EncodeError for an answer that cannot be decoded.
    """
    return get_task(pair.meta.task).score(answer, frame, pair.meta)


def _write_shard(config: Config, store: Store, item: WorkItem, scenes: Sequence[SceneFrames]) -> None:
    with ShardWriter(store, "frames", item.index) as frames, ShardWriter(store, "pairs", item.index) as pairs:
        builder = ShardBuilder(config, item, frames, pairs)
        for scene in scenes:
            finished = scene._finished
            rows = tuple(row.model_copy(update={"shard": item.index}) for row in finished.record.frames)
            record = finished.record.model_copy(update={"frames": rows})
            builder.add(restore_scene(record, finished.frames, config), rendered=True)
        builder.commit()
