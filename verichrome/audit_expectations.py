"""What frames and pairs must be by config.yaml, and problems of config.yaml itself."""

import re
from collections.abc import Iterator
from typing import Any

from encode import ExtraMember, extra_members, why_unusable
from encode.frame import BLURS
from scenes.lens_choice import LENS_CHOICES
from shards import Expectations, FrameExpectations, PairExpectations, Problem, Store
from shards.reading.limits import MOST_TEXT_BYTES
from shards.reading.stored import read_small
from verichrome.audit_scene_rules import SCENE_RULES
from verichrome.config import Config
from verichrome.config.fingerprint import differences, frames_fingerprint, pairs_fingerprint
from verichrome.errors import UsageError
from verichrome.output import CONFIG_NAME, stored_config
from verichrome.versions import installed

__all__ = ["read_expectations"]

#: Installed packages whose versions decide which prompts and colours a seed draws.
_DECIDES_DRAWS = ("verichrome", "numpy")

_HEADING = re.compile(r"^# fingerprint of the (?P<what>frames|pairs): (?P<digest>\S+)$", re.MULTILINE)


def read_expectations(store: Store, frames: Store) -> tuple[Expectations, list[Problem]]:
    """Expectations by the configurations in `store` and in `frames`, and the problems of those files.

    A folder made by `encode` has its own configuration for its pairs; that of its frames is in their folder.
    """
    problems: list[Problem] = []
    pairs_config = _read(store, problems)
    apart = frames.url != store.url
    frames_config = _read(frames, problems) if apart else pairs_config
    if apart and pairs_config is not None and frames_config is not None:
        problems += _disagreements(store, frames_config, pairs_config)
    if pairs_config is not None:
        problems += _unusable_tasks(store, pairs_config)
    digest = frames_fingerprint(frames_config) if frames_config else None
    expectations = Expectations(
        frames=_frames(frames_config) if frames_config else None,
        pairs=_pairs(pairs_config, digest) if pairs_config else None,
        scene_rules=SCENE_RULES,
    )
    return expectations, problems


def _read(store: Store, problems: list[Problem]) -> Config | None:
    where = store.where(CONFIG_NAME)
    try:
        config = stored_config(store)
    except UsageError as error:
        problems.append(Problem("config", where, str(error)))
        return None
    if config is None:
        problems.append(Problem("config", where, "expected the configuration that made this folder, got no such file"))
        return None
    problems += [Problem("config", where, detail) for detail in _heading_problems(store, config)]
    return config


def _heading_problems(store: Store, config: Config) -> Iterator[str]:
    """What is wrong with the fingerprints in the comments, which must be those of the fields below them."""
    frames = frames_fingerprint(config)
    expected_digests = {"frames": frames, "pairs": pairs_fingerprint(config, frames)}
    headings = dict(_HEADING.findall(read_small(store, CONFIG_NAME, MOST_TEXT_BYTES).decode()))
    for what, expected in expected_digests.items():
        if headings.get(what) != expected:
            yield f"expected the fingerprint of the {what} {expected} by its fields, got {headings.get(what, 'none')}"


def _unusable_tasks(store: Store, config: Config) -> Iterator[Problem]:
    for name in config.pairs.tasks:
        if (reason := why_unusable(name)) is not None:
            detail = f"which pairs of the task {name} there must be is not checked, since it does not load: {reason}"
            yield Problem("config", store.where(CONFIG_NAME), detail)


def _disagreements(store: Store, frames: Config, pairs: Config) -> Iterator[Problem]:
    """Pairs may be drawn by another seed than the frames; all else about the frames is taken over from them."""
    if changed := differences(frames, pairs, sections=("scenes", "render"), besides=("seed",)):
        yield Problem(
            "config", store.where(CONFIG_NAME), f"expected the fields of its frames' configuration: {changed}"
        )


def _frames(config: Config) -> FrameExpectations:
    return FrameExpectations(
        fingerprint=frames_fingerprint(config),
        family=config.scenes.family_of,
        seed=config.scenes.seed,
        width=config.render.resolution.width,
        height=config.render.resolution.height,
        scenes=config.job.scenes,
        views=config.scenes.views,
        scenes_per_shard=config.job.scenes_per_shard,
        albedo=config.render.albedo,
        surface=config.render.surface,
        shading=config.render.shading,
        render=_render(config),
        lenses=LENS_CHOICES[config.scenes.lens_choice],
        blurs=tuple(name for name in BLURS if getattr(config.render, name)),
    )


def _render(config: Config) -> dict[str, Any]:
    device = {} if config.render.device == "auto" else {"device": config.render.device.upper()}
    return {
        "engine": "CYCLES",
        "samples": config.render.samples,
        "denoiser": "OPENIMAGEDENOISE" if config.render.denoise else "",
        "view_transform": config.render.settings().view_transform,
        "glass_policy": "first surface",
        "cutout_policy": "binary",
        **device,
    }


def _pairs(config: Config, frames: str | None) -> PairExpectations:
    return PairExpectations(
        fingerprint=pairs_fingerprint(config, frames) if frames else None,
        tasks=config.pairs.tasks,
        prompts_per_task=config.pairs.prompts_per_task,
        shares=config.pairs.shares(),
        seed=config.scenes.seed,
        split=config.pairs.split,
        source=f"source.{config.pairs.source_format}",
        versions={name: installed(name) for name in _DECIDES_DRAWS},
        extra_members=_extra_members(config),
    )


def _extra_members(config: Config) -> frozenset[ExtraMember] | None:
    tasks = config.pairs.tasks
    return extra_members(tasks) if all(why_unusable(name) is None for name in tasks) else None
