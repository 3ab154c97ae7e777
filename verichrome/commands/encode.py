"""`verichrome encode`: makes pairs from frames that exist."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from rich.console import Console

from encode import EncodeError
from shards import ShardError, Store, size_text
from verichrome.config import Config
from verichrome.configfile import resolve
from verichrome.console import say
from verichrome.dataset import open_frames
from verichrome.encoding import encode_all
from verichrome.lock import hold_output
from verichrome.machine import cores
from verichrome.output import claim_output, open_output, stored_config
from verichrome.overview import write_overview

__all__ = ["run"]


class NothingToAsk(Exception):
    """The tasks have nothing to ask about any frame."""


def run(url: str, flags: Mapping[str, Any]) -> int:
    """Make the pairs, then manifest, card and preview."""
    console = Console(stderr=True)
    frames = open_frames(url)
    config = _config(frames, flags)
    out = open_output(config, "encode")
    try:
        with hold_output(out):
            claim_output(out, config)
            result = _encode(frames, out, config)
            write_overview(out, config)
    except (EncodeError, ShardError, NothingToAsk) as error:
        say(console, f"Encoding failed: {error}")
        return 1
    say(console, result)
    return 0


def _config(frames: Store, flags: Mapping[str, Any]) -> Config:
    """What made the frames, with the flags on top; their location and workers are left out."""
    frames_config = stored_config(frames)
    own = ("out", "workers", "address")
    base = {name: value for name, value in frames_config.values().items() if name not in own} if frames_config else {}
    return resolve(base, flags)


def _encode(frames: Store, out: Store, config: Config) -> str:
    views, size, present, tasks = 0, 0, 0, Counter[str]()
    for shard in encode_all(frames, out, config, config.job.workers or cores()):
        views += shard.frames
        size += shard.bytes
        present += shard.kept
        tasks.update(shard.pairs)
    if not tasks:
        raise NothingToAsk(f"no pair came of the {views} frames in {frames.url}.")
    counts = ", ".join(f"{task} {count}" for task, count in sorted(tasks.items()))
    complete = f" ({present} shards were there already)" if present else ""
    return (
        f"{out.url} has {tasks.total()} pairs of {views} frames, {size_text(size)}{complete}: {counts}.\n"
        f"Check them: verichrome audit {out.url} --frames {frames.url}"
    )
