"""Makes one shard inside a worker: sample, render, check, encode, write, commit."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from encode.frame import Frame, Truth
from render import RenderedView
from render.errors import Rejection
from render.worker import SceneEngine
from scenes import Library, SceneSpec
from shards import FailureRow, FrameRow, RejectionRow, SceneRow, ShardWriter, Store, frame_members
from verichrome.config import Config
from verichrome.fingerprint import frames_fingerprint, pairs_fingerprint
from verichrome.job.keys import frame_key
from verichrome.job.ledger import Ledger
from verichrome.job.pairing import EncodedPair, encode_frame
from verichrome.job.reports import SceneReport, ShardReport, Trying
from verichrome.job.sampling import Outcome, Sampled, try_sampling
from verichrome.job.seconds import Seconds
from verichrome.job.task import ShardTask
from verichrome.library.ship import fetch
from verichrome.versions import installed, package_versions

__all__ = ["ShardMaker"]


@dataclass(frozen=True, slots=True)
class ShardMaker:
    """The handler that a render worker is given: turns a ShardTask into two committed shards."""

    config: Config
    store: Store
    library: Library = field(default_factory=Library)

    def run(self, unit: ShardTask, engine: SceneEngine) -> Iterator[Trying | SceneReport | ShardReport]:
        """Yield a report for each step; the last is the ShardReport."""
        with (
            ShardWriter(self.store, "frames", unit.index) as frames,
            ShardWriter(self.store, "pairs", unit.index) as pairs,
        ):
            scenes = _Scenes(self.config, self.library, partial(fetch, store=self.store))
            shard = _Shard(self.config, unit, frames, pairs, scenes)
            for scene in unit.scenes:
                yield from shard.scene(scene, engine)
            yield Trying(None, 0, "write")
            yield shard.commit()


@dataclass(frozen=True, slots=True)
class _Scenes:
    """What scenes are sampled from, and what brings the files that one shows."""

    config: Config
    library: Library
    bring: Callable[[SceneSpec], None]

    def attempt(self, scene: int, attempt: int, engine: SceneEngine) -> Outcome:
        return try_sampling(self.config, scene, attempt, engine, self.library, self.bring)


class _Shard:
    """A shard in the making."""

    def __init__(
        self, config: Config, task: ShardTask, frames: ShardWriter, pairs: ShardWriter, scenes: _Scenes
    ) -> None:
        self._config = config
        self._scenes = scenes
        self._task = task
        self._frames = frames
        self._pairs = pairs
        self._ledger = Ledger()
        self._fingerprint = frames_fingerprint(config)

    def scene(self, scene: int, engine: SceneEngine) -> Iterator[Trying | SceneReport]:
        """Render, encode and write one scene, or record why there is none."""
        crashes = self._task.crashes_of(scene)
        given_up = len(crashes) > self._config.scene_retries
        for number, crash in enumerate(crashes, 1):
            fatal = given_up and number == len(crashes)
            self._ledger.failures.append(_failure(scene, crash.attempt, crash.stage, crash.reason, fatal))
        if given_up:
            yield self._failed(scene, 0, crashes[-1].reason, Seconds(), Counter())
            return
        yield from self._attempts(scene, engine)

    def commit(self) -> ShardReport:
        """Commit the pairs, then the frames: a frames receipt that covers its scenes proves both."""
        start = time.perf_counter()
        config, ledger = self._config, self._ledger
        pairs = self._pairs.commit(
            fingerprint=pairs_fingerprint(config, self._fingerprint),
            pairs=tuple(ledger.pairs),
            seconds={"encode": ledger.seconds.get("encode", 0.0)},
            versions=package_versions(),
        )
        frames = self._frames.commit(fingerprint=self._fingerprint, **ledger.frames_fields())
        seconds = time.perf_counter() - start
        return ShardReport(self._task.start, self._task.stop, frames.bytes, pairs.bytes, seconds)

    def _attempts(self, scene: int, engine: SceneEngine) -> Iterator[Trying | SceneReport]:
        seconds, rejected = Seconds(), Counter[str]()
        reason = ""
        for attempt in range(self._config.max_attempts):
            yield Trying(scene, attempt, "render")
            outcome = self._scenes.attempt(scene, attempt, engine)
            rejected.update(entry.check for entry in outcome.rejections)
            self._ledger.rejections += [_rejection(scene, attempt, entry) for entry in outcome.rejections]
            if outcome.scene is not None:
                seconds.add({"sample": outcome.sample_seconds})
                yield Trying(scene, attempt, "encode")
                yield self._keep(scene, outcome.scene, seconds, rejected)
                return
            seconds.add({"rejected": outcome.seconds})
            reason = outcome.rejections[-1].reason
        tries = self._config.max_attempts
        yield self._failed(scene, tries, f"all {tries} samplings were rejected, the last: {reason}", seconds, rejected)

    def _keep(self, scene: int, sampled: Sampled, seconds: Seconds, rejected: Counter[str]) -> SceneReport:
        seconds.add(sampled.rendered.seconds)
        tasks = Counter[str]()
        # Nothing of the scene enters a file before all of it is encoded: it is there whole or not at all.
        ready = [self._encode(scene, view) for view in sampled.rendered.views]
        for view in ready:
            seconds.add(view.row.seconds)
            seconds.add({"write": self._write(view)})
            tasks.update(pair.row.task for pair in view.pairs)
        self._record(scene, sampled.spec.attempt + 1, len(sampled.spec.objects), seconds, "")
        return SceneReport(scene, len(ready), tasks, rejected, seconds)

    def _encode(self, scene: int, view: RenderedView) -> "_EncodedView":
        key = frame_key(scene, view.view)
        versions = {**view.scene["versions"], "verichrome": installed("verichrome")}
        record = {**view.scene, "key": key, "fingerprint": self._fingerprint, "versions": versions}
        self._ledger.device = record["render"]["device"]
        self._ledger.versions = versions
        truth = Truth(view.depth, view.normal, view.instance, view.category)
        start = time.perf_counter()
        members = frame_members(view.image, truth, record, view.albedo)
        compressed = time.perf_counter()
        frame = Frame.from_scene(record, view.image, truth, view.albedo)
        pairs = encode_frame(frame, members["image.png"], self._config, self._task.index)
        stages = {**view.seconds, "compress": compressed - start, "encode": time.perf_counter() - compressed}
        row = FrameRow.measure(frame, scene_index=scene, view=view.view, shard=self._task.index, seconds=stages)
        return _EncodedView(members, pairs, row)

    def _write(self, view: "_EncodedView") -> float:
        start = time.perf_counter()
        self._frames.add(view.row.key, view.members)
        self._ledger.frames.append(view.row)
        for pair in view.pairs:
            self._pairs.add(pair.key, pair.members)
            self._ledger.pairs.append(pair.row)
        return time.perf_counter() - start

    def _failed(self, scene: int, tries: int, reason: str, seconds: Seconds, rejected: Counter[str]) -> SceneReport:
        self._record(scene, tries, 0, seconds, reason)
        return SceneReport(scene, rejected=rejected, seconds=seconds, failure=reason)

    def _record(self, scene: int, tries: int, objects: int, seconds: Seconds, reason: str) -> None:
        self._ledger.seconds.add(seconds)
        self._ledger.scenes.append(
            SceneRow(
                scene_index=scene,
                family=self._config.family_of(scene),
                attempts=tries,
                objects=objects,
                seconds=dict(seconds),
                reason=reason,
            )
        )


@dataclass(frozen=True, slots=True)
class _EncodedView:
    members: dict[str, bytes]
    pairs: list[EncodedPair]
    row: FrameRow


def _rejection(scene: int, attempt: int, entry: Rejection) -> RejectionRow:
    return RejectionRow(
        scene_index=scene,
        attempt=attempt,
        view=entry.view,
        candidate=entry.candidate,
        check=entry.check,
        reason=entry.reason,
    )


def _failure(scene: int, attempt: int, stage: str, reason: str, fatal: bool) -> FailureRow:
    return FailureRow(scene_index=scene, attempt=attempt, stage=stage, reason=reason, fatal=fatal)
