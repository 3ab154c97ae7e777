"""Lets Blender prepare files, in processes that bad files may crash, and remembers the result of each."""

import hashlib
import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from itertools import takewhile
from pathlib import Path

from render.library.cache import file_digest, prepared, work_folder
from render.library.requests import READY, PreparationRequest, PreparationResult
from render.watchdog import MARK
from shards import printable
from verichrome.errors import UsageError
from verichrome.library.child_process import ChildOutput, run_child

__all__ = ["PreparationLimits", "prepare_files"]

LONGEST_REASON = 400  # characters of a sentence about a file
BATCH = 40  # files a process: Blender keeps some memory of each


@dataclass(frozen=True)
class PreparationLimits:
    """What the preparation of one file may take: bytes of memory; seconds, and seconds for a whole setting."""

    memory: int
    seconds: float
    setting_seconds: float


def prepare_files(
    requests: dict[str, PreparationRequest], bounds: PreparationLimits, progress: Callable[[int], None] = lambda _: None
) -> dict[str, PreparationResult]:
    """The result of each request, by digest; known ones cost nothing. `progress` is called with the number done."""
    answers = {digest: known for digest in requests if (known := _known(digest))}
    progress(len(answers))
    left = [digest for digest in requests if digest not in answers]
    while left:
        batch = _batch(left, requests)
        results, end = _run({digest: requests[digest] for digest in batch}, bounds)
        answers |= results
        if len(results) < len(batch):  # not remembered: another machine, or larger bounds, may do better
            answers[batch[len(results)]] = PreparationResult(problem=end)
        left = [digest for digest in left if digest not in answers]
        progress(len(answers))
    return answers


def _batch(left: list[str], requests: dict[str, PreparationRequest]) -> list[str]:
    """The next ones for a process: a setting alone, or many small files up to the next setting."""
    small = list(takewhile(lambda digest: requests[digest].kind != "blend", left[:BATCH]))
    return small or left[:1]


def _run(
    requests: dict[str, PreparationRequest], bounds: PreparationLimits
) -> tuple[dict[str, PreparationResult], str]:
    """The answers of one process by digest, and why it ended before the last one.

    Raises UsageError where Blender does not even start.
    """
    seconds = (
        bounds.setting_seconds if any(request.kind == "blend" for request in requests.values()) else bounds.seconds
    )
    with work_folder() as folder:
        targeted = [replace(request, target=str(folder / digest)) for digest, request in requests.items()]
        task = folder / "task.json"
        content = {"requests": [asdict(request) for request in targeted], "memory": bounds.memory}
        task.write_text(json.dumps(content), encoding="utf-8")
        # -P: nothing is imported from the current folder, which may be untrusted.
        command = [sys.executable, "-P", "-m", "render.library.process", str(task)]
        environment = os.environ | {"TMPDIR": str(folder), "BLENDER_USER_RESOURCES": str(folder)}
        output = run_child(command, environment, seconds)
        if output.answers[:1] != (READY,):
            last = output.printed.strip().splitlines()[-1:] or ["it printed nothing"]
            raise UsageError(f"Blender does not start: {last[0].removeprefix(MARK)}.")
        answers = zip(requests, output.answers[1:], strict=False)
        return {digest: _keep(digest, _answer(text), folder / digest) for digest, text in answers}, _end(
            output, seconds
        )


def _end(output: ChildOutput, seconds: float) -> str:
    """Why a process ended too early, a clause."""
    reasons = [line.removeprefix(MARK) for line in output.printed.splitlines() if line.startswith(MARK)]
    if reasons:
        return f"preparing it was ended: {reasons[-1]}"
    if output.code is None:
        return f"preparing it took more than {seconds:g} s"
    name = signal.Signals(-output.code).name if output.code < 0 else f"exit code {output.code}"
    return f"Blender crashed on it ({name})"


def _answer(text: str) -> PreparationResult:
    document = json.loads(text)
    points = tuple(tuple(point) for point in document["points"])
    printable_texts = {"problem": _plain(document["problem"]), "dropped": tuple(map(_plain, document["dropped"]))}
    if document["setting"]:
        document["setting"]["dropped"] = [_plain(text) for text in document["setting"]["dropped"]]
    return PreparationResult(**{**document, "points": points, **printable_texts})


def _plain(text: str) -> str:
    """Untrusted text from a file, escaped and cut to the length of a sentence."""
    return printable(text, LONGEST_REASON)


def _keep(digest: str, answer: PreparationResult, file: Path) -> PreparationResult:
    """Move the prepared file into the cache, and remember the result."""
    if not answer.problem:
        answer = replace(answer, sha256=file_digest(file))
        file.replace(prepared(digest))
    path = _record(digest)
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    aside.write_text(json.dumps(asdict(answer)), encoding="utf-8")
    aside.replace(path)
    return answer


def _record(digest: str) -> Path:
    target = prepared(digest)
    target.parent.mkdir(parents=True, exist_ok=True)
    return target.with_name(f"{target.name}.json")


def _known(digest: str) -> PreparationResult | None:
    """The remembered result, if the prepared file and its sources have not changed."""
    try:
        answer = _answer(_record(digest).read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    if answer.problem:
        return answer
    return answer if file_digest(prepared(digest)) == answer.sha256 and _links_hold(answer) else None


def _links_hold(answer: PreparationResult) -> bool:
    """Whether the files that it is linked to have not changed."""
    return all(_digest(Path(path)) == known for path, known in answer.linked)


def _digest(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
