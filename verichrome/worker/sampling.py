"""One sampling of a scene, rendered: which of them is the scene depends on nothing but their numbers."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from render import RenderedScene, SceneRejected
from render.errors import Rejection
from render.worker import SceneEngine
from scenes import AssetLibrary, SceneError, SceneSpec, sample_scene
from verichrome.config import Config

__all__ = ["SampledScene", "SamplingOutcome", "sample", "try_sampling"]


@dataclass(frozen=True, slots=True)
class SampledScene:
    """A scene that passed, and what it was sampled from."""

    spec: SceneSpec
    rendered: RenderedScene


@dataclass(frozen=True, slots=True)
class SamplingOutcome:
    """What came of a sampling: a scene or none, what was turned down on the way, wall time in all and for sampling."""

    scene: SampledScene | None
    rejections: tuple[Rejection, ...]
    seconds: float
    sample_seconds: float


def try_sampling(
    config: Config,
    scene: int,
    attempt: int,
    engine: SceneEngine,
    library: AssetLibrary,
    bring: Callable[[SceneSpec], None],
) -> SamplingOutcome:
    """Sample scene number `scene` for the `attempt`-th time and render it, once `bring` has what it shows."""
    start = time.perf_counter()
    sampled = start
    found: SampledScene | None = None
    rejections: tuple[Rejection, ...]
    try:
        spec = sample(config, scene, attempt, library)
        bring(spec)
        sampled = time.perf_counter()
        rendered = engine.render(spec)
    except SceneError as error:
        rejections = (Rejection(-1, -1, "sample", str(error)),)
    except SceneRejected as rejected:
        rejections = rejected.rejections
    else:
        found, rejections = SampledScene(spec, rendered), rendered.rejections
    return SamplingOutcome(found, rejections, time.perf_counter() - start, sampled - start)


def sample(config: Config, scene: int, attempt: int, library: AssetLibrary) -> SceneSpec:
    """Sample scene number `scene` for the `attempt`-th time; raises SceneError."""
    return sample_scene(
        config.scenes.family,
        seed=config.scenes.seed,
        index=scene,
        attempt=attempt,
        views=config.scenes.views,
        parameters=config.scenes.parameters,
        library=library,
        share=config.scenes.library_share,
    )
