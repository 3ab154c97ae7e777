"""The facts on the page of one pair, besides its pictures and maps."""

from typing import Any

from encode import EncodeError, Frame, Pair, get_task
from encode.pair import ColorEntry
from shards.audit.pair import target_problems
from shards.decoded_map import DecodedMap, decode_target, expected_map
from shards.gallery.maps import map_type

__all__ = ["decoded_or_reason", "describe_map", "describe_pair", "expected_or_none", "verdict"]


def describe_pair(pair: Pair, frame: Frame | None) -> dict[str, Any]:
    """Facts of a pair for JSON; without its frame, truth and the names of objects are missing."""
    decoded, reason = decoded_or_reason(pair)
    truth = expected_or_none(pair, frame)
    meta = pair.meta.to_json()
    return {
        "key": pair.key,
        "prompt": pair.prompt,
        "text_answer": pair.answer,
        "source2": pair.source2 is not None,
        **{name: value for name, value in meta.items() if name != "colors"},
        "colors": [_color(color, pair.meta.task, frame) for color in pair.meta.colors],
        "reading": describe_map(decoded),
        "trouble": reason,
        "truth": describe_map(truth) if decoded and truth and decoded.kind == truth.kind else None,
        "frame": frame is not None,
    }


def decoded_or_reason(pair: Pair) -> tuple[DecodedMap | None, str]:
    """What the target decodes to, or why it cannot be decoded."""
    try:
        return decode_target(pair), ""
    except EncodeError as error:
        return None, str(error)


def expected_or_none(pair: Pair, frame: Frame | None) -> DecodedMap | None:
    """What the target should decode to by its frame; None where that is not known, or where `meta` asks for nothing."""
    try:
        return None if frame is None else expected_map(frame, pair.meta)
    except EncodeError:
        return None


def verdict(pair: Pair, frame: Frame) -> dict[str, Any]:
    """The target's score against its truth, and what the audit of a pair finds wrong with it.

    depth_error: the largest error of a decoded depth as a share of what 8 bits allow; 0 for other tasks.
    """
    audited = target_problems(frame, pair)
    try:
        scores: dict[str, float] = get_task(pair.meta.task).score(pair.target, frame, pair.meta)
    except (EncodeError, IndexError, KeyError) as error:
        return {"scores": {}, "problems": [*audited.problems, f"it cannot be scored: {error}"], "depth_error": 0.0}
    return {
        "scores": {name: float(value) for name, value in scores.items()},
        "problems": list(audited.problems),
        "depth_error": audited.depth_error,
    }


def describe_map(decoded: DecodedMap | None) -> dict[str, Any] | None:
    """What the numbers of a map are, for JSON."""
    if decoded is None:
        return None
    channels = decoded.values.shape[2] if decoded.values.ndim == 3 else 1
    return {"kind": decoded.kind, "type": map_type(decoded.values), "channels": channels}


def _color(color: ColorEntry, task: str, frame: Frame | None) -> dict[str, Any]:
    names = [] if frame is None else [name for id_, name in _named(frame, task) if id_ in color.ids]
    return {"label": color.label, "rgb": color.rgb, "ids": color.ids, "names": names, "scored": color.scored}


def _named(frame: Frame, task: str) -> list[tuple[int, str]]:
    """The ids that the colours of a task may have, with the names of what they stand for."""
    if task == "semantic":
        return [(category.id, category.name) for category in frame.categories]
    if task not in ("parts", "materials"):
        return [(record.id, record.name) for record in frame.objects]
    if frame.surface is None:
        return []
    record = frame.surface.record
    return [(named.id, named.name) for named in (record.parts if task == "parts" else record.materials)]
