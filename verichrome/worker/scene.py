"""Makes one scene inside a worker: sampled, rendered and checked until it passes, then encoded."""

from collections.abc import Callable, Generator
from dataclasses import dataclass

from encode import SceneIndex
from render.errors import Rejection
from render.worker import SceneEngine
from scenes import AssetLibrary, SceneSpec
from shards import RejectionRow, SceneRow, ShardIndex
from verichrome.config import Config
from verichrome.config.fingerprint import frames_fingerprint
from verichrome.messages import StageSeconds, StageStarted
from verichrome.worker.finished_scene import FinishedScene, SceneRecord, encode_view
from verichrome.worker.sampling import SampledScene, try_sampling

__all__ = ["SceneMaker"]


@dataclass(frozen=True, slots=True)
class SceneMaker:
    """What scenes are sampled from, what renders them, and what downloads the files that a scene shows."""

    config: Config
    library: AssetLibrary
    download: Callable[[SceneSpec], None]
    engine: SceneEngine

    def make(self, scene: SceneIndex, shard: ShardIndex) -> Generator[StageStarted, None, FinishedScene]:
        """Yield each step; return the scene, or why all its samplings were rejected."""
        seconds, rejections = StageSeconds(), list[RejectionRow]()
        attempts_allowed = self.config.scenes.max_attempts
        for attempt in range(attempts_allowed):
            yield StageStarted(scene, attempt, "render")
            outcome = try_sampling(self.config, scene, attempt, self.engine, self.library, self.download)
            rejections += [_rejection(scene, attempt, rejection) for rejection in outcome.rejections]
            if outcome.scene is not None:
                seconds.add({"sample": outcome.sample_seconds})
                yield StageStarted(scene, attempt, "encode")
                return self.finish(scene, shard, outcome.scene, seconds, rejections)
            seconds.add({"rejected": outcome.seconds})
        reason = f"all {attempts_allowed} samplings were rejected, the last: {rejections[-1].reason}"
        row = self.row(scene, attempts=attempts_allowed, seconds=seconds, reason=reason)
        return FinishedScene(SceneRecord(scene=row, rejections=tuple(rejections)))

    def row(
        self,
        scene: SceneIndex,
        *,
        attempts: int = 0,
        objects: int = 0,
        seconds: StageSeconds | None = None,
        reason: str = "",
    ) -> SceneRow:
        """The scene's row in the receipt."""
        return SceneRow(
            scene_index=scene,
            family=self.config.scenes.family_of(scene),
            attempts=attempts,
            objects=objects,
            seconds=dict(seconds or {}),
            reason=reason,
        )

    def finish(
        self,
        scene: SceneIndex,
        shard: ShardIndex,
        sampled: SampledScene,
        seconds: StageSeconds,
        rejections: list[RejectionRow],
    ) -> FinishedScene:
        """The scene with its frames compressed and encoded, and its rows for the receipts."""
        fingerprint = frames_fingerprint(self.config)
        rendered = sampled.rendered
        views = [
            encode_view(frame, stages, self.config, fingerprint, shard)
            for frame, stages in zip(rendered.frames, rendered.frame_seconds, strict=True)
        ]
        seconds.add(rendered.seconds)
        for view in views:
            seconds.add(view.row.seconds)
        objects = len(sampled.spec.objects)
        record = SceneRecord(
            scene=self.row(scene, attempts=sampled.spec.attempt + 1, objects=objects, seconds=seconds),
            frames=tuple(view.row for view in views),
            rejections=tuple(rejections),
            device=views[-1].device,
            versions=views[-1].versions,
        )
        members, pairs = [view.members for view in views], [view.pairs for view in views]
        return FinishedScene(record, members, pairs, rendered.profile)


def _rejection(scene: SceneIndex, attempt: int, rejection: Rejection) -> RejectionRow:
    return RejectionRow(
        scene_index=scene,
        attempt=attempt,
        view=rejection.view,
        candidate=rejection.candidate,
        check=rejection.check,
        reason=rejection.reason,
    )
