"""Names a configuration by what it makes: equal fingerprints, equal bytes.

Neither the number of scenes, nor who renders them, nor where they go is part of it.
"""

import hashlib
import json
from typing import Any

from verichrome.config.config import FRAME_FIELDS, LAYOUT_FIELDS, PAIR_FIELDS, Config

__all__ = ["differences", "frames_fingerprint", "pairs_fingerprint"]


def frames_fingerprint(config: Config) -> str:
    """SHA-256 over all that decides what a scene and its frames are."""
    return _digest(_chosen(config, FRAME_FIELDS))


def pairs_fingerprint(config: Config, frames: str) -> str:
    """SHA-256 over all that decides what the pairs made of the frames of fingerprint `frames` are."""
    return _digest({**_chosen(config, PAIR_FIELDS), "frames": frames})


def differences(old: Config, new: Config, fields: tuple[str, ...] = FRAME_FIELDS + PAIR_FIELDS + LAYOUT_FIELDS) -> str:
    """`samples is 32 there and 64 here, ...` for each of `fields` that differs; empty when none does."""
    before, after = _chosen(old, fields), _chosen(new, fields)
    return ", ".join(
        f"{name} is {_shown(before[name])} there and {_shown(after[name])} here"
        for name in before
        if before[name] != after[name]
    )


def _chosen(config: Config, fields: tuple[str, ...]) -> dict[str, Any]:
    values = config.model_dump(mode="json")
    return {name: values[name] for name in dict.fromkeys(fields)}


def _digest(values: dict[str, Any]) -> str:
    text = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _shown(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
