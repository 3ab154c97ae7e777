"""Names a configuration by what it makes: equal fingerprints, equal bytes.

The sections `scenes` and `render` decide the frames; `pairs` decides, with the frames and the seed, the pairs. The
section `job` (how many scenes, who renders them, where they go) is part of neither.
"""

import hashlib
import json
from collections.abc import Collection
from typing import Any

from verichrome.config.config import Config

__all__ = ["LATER", "differences", "frames_fingerprint", "pairs_fingerprint"]

#: Fields of `scenes` and `render` that came later, with the value that frames without them have: with it they are not
#: in the digest, so that folders made before keep their fingerprint.
LATER = {
    "lens": "pinhole",
    "quality": "standard",
    **dict.fromkeys(("surface", "shading", "depth_of_field", "motion_blur", "photo"), False),
}


def frames_fingerprint(config: Config) -> str:
    """SHA-256 over all that decides what a scene and its frames are."""
    sections = config.model_dump(mode="json", include={"scenes", "render"})
    return _digest({name: _as_before(section) for name, section in sections.items()})


def pairs_fingerprint(config: Config, frames: str) -> str:
    """SHA-256 over all that decides what the pairs made of the frames of fingerprint `frames` are.

    `verichrome encode --seed` draws other prompts for frames that another seed made, so the seed is named here too.
    """
    pairs = config.model_dump(mode="json", include={"pairs"})
    return _digest({**pairs, "seed": config.scenes.seed, "frames": frames})


def differences(
    old: Config,
    new: Config,
    *,
    sections: Collection[str] = ("scenes", "render", "pairs"),
    besides: Collection[str] = (),
) -> str:
    """`samples is 32 there and 64 here, ...` for each field that must be the same within one output.

    These are the fields of `sections` but for those named in `besides`, and scenes_per_shard. Empty where none differs.
    """
    before, after = _decisive(old, sections), _decisive(new, sections)
    return ", ".join(
        f"{name} is {_shown(value)} there and {_shown(after[name])} here"
        for name, value in before.items()
        if value != after[name] and name not in besides
    )


def _decisive(config: Config, sections: Collection[str]) -> dict[str, Any]:
    fields = config.model_dump(mode="json", include=set(sections)).values()
    return {
        **{name: value for section in fields for name, value in section.items()},
        "scenes_per_shard": config.job.scenes_per_shard,
    }


def _as_before(section: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in section.items() if LATER.get(name, ...) != value}


def _shown(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _digest(values: dict[str, Any]) -> str:
    text = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
