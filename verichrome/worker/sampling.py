"""One attempt at a scene, sampled and rendered; the result depends on seed, scene index and attempt alone."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from encode import SceneIndex
from render import SceneRejected
from render.errors import Rejection
from render.rendered import RenderedScene
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
    """The result of one attempt: a scene or none, the rejections, seconds in all and for sampling."""

    scene: SampledScene | None
    rejections: tuple[Rejection, ...]
    seconds: float
    sample_seconds: float


def try_sampling(
    config: Config,
    scene: SceneIndex,
    attempt: int,
    engine: SceneEngine,
    library: AssetLibrary,
    download: Callable[[SceneSpec], None],
) -> SamplingOutcome:
    """Sample this attempt at the scene, download the files that it shows, and render it."""
    start = time.perf_counter()
    sampled = start
    passed: SampledScene | None = None
    rejections: tuple[Rejection, ...]
    try:
        spec = sample(config, scene, attempt, library)
        download(spec)
        sampled = time.perf_counter()
        rendered = engine.render(spec)
    except SceneError as error:
        rejections = (Rejection(-1, -1, "sample", str(error)),)
    except SceneRejected as rejected:
        rejections = rejected.rejections
    else:
        passed, rejections = SampledScene(spec, rendered), rendered.rejections
    return SamplingOutcome(passed, rejections, time.perf_counter() - start, sampled - start)


def sample(config: Config, scene: SceneIndex, attempt: int, library: AssetLibrary) -> SceneSpec:
    """Sample this attempt at the scene; raises SceneError."""
    return sample_scene(
        config.scenes.family,
        seed=config.scenes.seed,
        index=scene,
        attempt=attempt,
        views=config.scenes.views,
        parameters=config.scenes.parameters,
        library=library,
        share=config.scenes.library_share,
        lens=config.scenes.lens_choice,
    )
