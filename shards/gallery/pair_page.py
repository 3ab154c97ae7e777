"""What the page of one pair says, beside its pictures and maps."""

from typing import Any

from encode import EncodeError, Frame, Pair, get_task
from encode.pair import ColorEntry
from shards.audit.pair import target_problems
from shards.gallery.decoded_map import DecodedMap, decode_target, expected_map
from shards.gallery.maps import map_type

__all__ = ["decoded_or_reason", "describe_pair", "verdict"]


def describe_pair(pair: Pair, frame: Frame | None) -> dict[str, Any]:
    """Facts of a pair for JSON; without its frame there is no truth and no names of what the colours stand for."""
    reading, trouble = decoded_or_reason(pair)
    truth = expected_map(frame, pair.meta) if frame is not None else None
    meta = pair.meta.to_json()
    return {
        "key": pair.key,
        "prompt": pair.prompt,
        **{name: value for name, value in meta.items() if name != "colors"},
        "colors": [_color(entry, pair.meta.task, frame) for entry in pair.meta.colors],
        "reading": _described(reading),
        "trouble": trouble,
        "truth": _described(truth) if reading and truth and reading.kind == truth.kind else None,
        "frame": frame is not None,
    }


def decoded_or_reason(pair: Pair) -> tuple[DecodedMap | None, str]:
    """What the target decodes to, or why it does not."""
    try:
        return decode_target(pair), ""
    except EncodeError as error:
        return None, str(error)


def verdict(pair: Pair, frame: Frame) -> dict[str, Any]:
    """The target's score against its truth, and what the audit of a pair finds wrong with it.

    depth_error: the largest error of a decoded depth as a share of what 8 bits allow; 0 for other tasks.
    """
    found = target_problems(frame, pair)
    try:
        scores: dict[str, float] = get_task(pair.meta.task).score(pair.target, frame, pair.meta)
    except (EncodeError, IndexError, KeyError) as error:
        return {"scores": {}, "faults": [*found.problems, f"it cannot be scored: {error}"], "depth_error": 0.0}
    return {
        "scores": {name: float(value) for name, value in scores.items()},
        "faults": list(found.problems),
        "depth_error": found.depth_error,
    }


def _described(reading: DecodedMap | None) -> dict[str, Any] | None:
    if reading is None:
        return None
    channels = reading.values.shape[2] if reading.values.ndim == 3 else 1
    return {"kind": reading.kind, "type": map_type(reading.values), "channels": channels}


def _color(entry: ColorEntry, task: str, frame: Frame | None) -> dict[str, Any]:
    records = () if frame is None else frame.categories if task == "semantic" else frame.objects
    names = [record.name for record in records if record.id in entry.ids]
    return {"label": entry.label, "rgb": entry.rgb, "ids": entry.ids, "names": names, "scored": entry.scored}
