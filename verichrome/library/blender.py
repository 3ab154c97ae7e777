"""Has Blender prepare files, in processes that bad files may take down, and remembers what came of each."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

from render.library.cache import prepared
from render.library.order import MARK, Order, Prepared

__all__ = ["prepare_all"]

BATCH = 40  # files a process: Blender keeps some memory of each
SILENCE = 600.0  # seconds for a batch before the file at work counts as hung


def prepare_all(orders: dict[str, Order], progress: Callable[[int], None] = lambda _: None) -> dict[str, Prepared]:
    """What came of each order, by digest; those known already cost nothing. `progress` hears how many are done."""
    answers = {digest: known for digest in orders if (known := _known(digest))}
    progress(len(answers))
    left = [digest for digest in orders if digest not in answers]
    while left:
        batch = left[:BATCH]
        made = list(_run([replace(orders[digest], target=str(prepared(digest))) for digest in batch]))
        if len(made) < len(batch):
            made.append(Prepared(problem="Blender crashed or hung on it"))
        for digest, answer in zip(batch, made, strict=False):
            answers[digest] = answer
            _remember(digest, answer)
        left = left[len(made) :]
        progress(len(answers))
    return answers


def _run(orders: list[Order]) -> Iterator[Prepared]:
    """The answers of one process, as far as it came."""
    with tempfile.TemporaryDirectory(prefix="verichrome-") as scratch:
        path = Path(scratch) / "orders.json"
        path.write_text(json.dumps([asdict(order) for order in orders]), encoding="utf-8")
        command = [sys.executable, "-m", "render.library.prepare", str(path)]
        around = os.environ | {"TMPDIR": scratch}
        try:
            done = subprocess.run(command, capture_output=True, timeout=SILENCE, check=False, env=around)
            output = done.stdout
        except subprocess.TimeoutExpired as hung:
            output = hung.stdout or b""
    for line in output.decode("utf-8", "replace").splitlines():
        if line.startswith(MARK):
            yield _answer(line.removeprefix(MARK))


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
    return answer if answer.problem or prepared(digest).is_file() else None


def _remember(digest: str, answer: Prepared) -> None:
    path = _record(digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    aside.write_text(json.dumps(asdict(answer)), encoding="utf-8")
    aside.replace(path)
