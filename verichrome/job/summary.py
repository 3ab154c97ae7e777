"""The last word of a job: what was written, where, how long a frame took, what was turned down, how to look at it."""

import shlex
from collections.abc import Iterator, Mapping

from verichrome.job.tally import TOLD, Tally

__all__ = ["summary"]

#: Stages as the summary tells them, and the receipts' stages that each adds up.
STAGES = {
    "build": ("sample", "build", "physics"),
    "image": ("image",),
    "truth": ("truth", "checks"),
    "encode": ("encode",),
    "write": ("compress", "write"),
    "rejected": ("rejected",),
}


def summary(tally: Tally, out: str, wall: float, preview: bool) -> str:
    """Several lines, each of which can be read alone."""
    return "\n".join(_lines(tally, out, wall, preview))


def _lines(tally: Tally, out: str, wall: float, preview: bool) -> Iterator[str]:
    if not tally.scenes:
        yield f"Nothing was left to do: all {tally.kept_scenes} scenes stand in {out} already."
    else:
        yield (
            f"Wrote {tally.scenes} scenes, {tally.frames} frames and {tally.pairs.total()} pairs "
            f"({tally.bytes / 1e6:.1f} MB) to {out} in {wall:.0f} s."
        )
        if tally.kept_scenes:
            yield f"  {tally.kept_scenes} scenes stood there already."
        if tally.spooled:
            yield f"  {tally.spooled} scenes were rendered before a stop or crash, and not again."
        yield f"  pairs     {_counts(tally.pairs)}"
        if tally.frames:
            yield f"  a frame   {_stages(tally.seconds, tally.frames)}"
        yield f"  rejected  {_counts(tally.rejected)}"
    if tally.retries:
        yield f"  restarted {tally.retries} times after a crash, a hang or a lost machine (`failures` in the receipts)"
    if tally.failed:
        yield f"  FAILED    {tally.failed} scenes{', the last of them' if tally.failed > TOLD else ''}:"
        yield from (f"    {line}" for line in tally.failures)
    yield from _next_steps(out, preview)


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) or "none"


def _stages(seconds: Mapping[str, float], frames: int) -> str:
    """Seconds of worker time a frame; workers overlap, so the wall time is less."""
    told = {name: sum(seconds.get(stage, 0.0) for stage in stages) / frames for name, stages in STAGES.items()}
    parts = ", ".join(f"{name} {value:.2f}" for name, value in told.items() if value)
    return f"{sum(told.values()):.2f} s of a worker: {parts}"


def _next_steps(out: str, preview: bool) -> Iterator[str]:
    yield "Look at it:"
    if preview:
        yield f"  {out.rstrip('/')}/preview.png"
    yield f"  verichrome audit {shlex.quote(out)}"
    first = f"{out.rstrip('/')}/pairs/pairs-000000.tar"
    yield f"  webdataset.WebDataset({first!r}, shardshuffle=False).decode('pil')"
