"""Has Blender prepare files, in processes that bad files may take down, and remembers what came of each."""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from itertools import takewhile
from pathlib import Path

from render.library.cache import prepared
from render.library.order import MARK, READY, Order, Prepared
from verichrome.errors import UsageError

__all__ = ["prepare_all"]

BATCH = 40  # files a process: Blender keeps some memory of each
SILENCE = 600.0  # seconds for a batch before the file at work counts as hung
PLACE_SILENCE = 7200.0  # seconds for a whole place, of which each has a process of its own


def prepare_all(orders: dict[str, Order], progress: Callable[[int], None] = lambda _: None) -> dict[str, Prepared]:
    """What came of each order, by digest; those known already cost nothing. `progress` hears how many are done."""
    answers = {digest: known for digest in orders if (known := _known(digest))}
    progress(len(answers))
    left = [digest for digest in orders if digest not in answers]
    while left:
        batch = _batch(left, orders)
        made = dict(zip(batch, _run([_aimed(orders[digest], digest) for digest in batch]), strict=False))
        for digest, answer in made.items():
            _remember(digest, answer)
        answers |= made
        if not made:  # not remembered: it may have been for want of memory
            answers[batch[0]] = Prepared(problem="Blender crashed or hung on it")
        left = left[max(1, len(made)) :]
        progress(len(answers))
    return answers


def _batch(left: list[str], orders: dict[str, Order]) -> list[str]:
    """The next ones for a process: a place alone, or many small files up to the next place."""
    small = list(takewhile(lambda digest: orders[digest].kind != "blend", left[:BATCH]))
    return small or left[:1]


def _aimed(order: Order, digest: str) -> Order:
    return replace(order, target=str(prepared(digest)))


def _run(orders: list[Order]) -> Iterator[Prepared]:
    """The answers of one process, as far as it came; raises UsageError where Blender does not even start."""
    silence = PLACE_SILENCE if orders[0].kind == "blend" else SILENCE
    with tempfile.TemporaryDirectory(prefix="verichrome-") as scratch:
        path = Path(scratch) / "orders.json"
        path.write_text(json.dumps([asdict(order) for order in orders]), encoding="utf-8")
        command = [sys.executable, "-m", "render.library.prepare", str(path)]
        around = os.environ | {"TMPDIR": scratch}
        try:
            done = subprocess.run(command, capture_output=True, timeout=silence, check=False, env=around)
            output, complaint = done.stdout, done.stderr
        except subprocess.TimeoutExpired as hung:
            output, complaint = hung.stdout or b"", hung.stderr or b""
    lines = output.decode("utf-8", "replace").splitlines()
    said = [line.removeprefix(MARK) for line in lines if line.startswith(MARK)]
    if said[:1] != [READY]:
        last = complaint.decode("utf-8", "replace").strip().splitlines()[-1:] or ["it said nothing"]
        raise UsageError(f"Blender does not start: {last[0]}.")
    yield from map(_answer, said[1:])


def _answer(text: str) -> Prepared:
    said = json.loads(text)
    return Prepared(**{**said, "points": tuple(tuple(point) for point in said["points"])})


def _record(digest: str) -> Path:
    target = prepared(digest)
    return target.with_name(f"{target.name}.json")


def _known(digest: str) -> Prepared | None:
    try:
        answer = _answer(_record(digest).read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return answer if answer.problem or (prepared(digest).is_file() and _links_hold(answer)) else None


def _links_hold(answer: Prepared) -> bool:
    """Whether the files that it is linked to are still what they were."""
    return all(_digest(Path(path)) == known for path, known in answer.linked)


def _digest(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _remember(digest: str, answer: Prepared) -> None:
    path = _record(digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    aside.write_text(json.dumps(asdict(answer)), encoding="utf-8")
    aside.replace(path)
