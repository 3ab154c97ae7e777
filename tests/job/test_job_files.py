"""Which folders a command accepts, how it prints text from data, and that nothing else is touched."""

import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fsspec
import pytest
from rich.console import Console

from render import scratch
from shards import Store
from tests.job.conftest import TINY, Answer
from verichrome.configfile import resolve
from verichrome.console import fit, say_line
from verichrome.errors import ConfigError, UsageError
from verichrome.lock import hold_output
from verichrome.output import claim_output, open_output
from verichrome.output_file import check_png, write_whole

ROOT = Path(__file__).parents[2]
CommandLine = Callable[..., Answer]


def open_for(out: Path | str) -> Store:
    return open_output(resolve({**TINY, "out": str(out)}), "generate")


@pytest.mark.parametrize(
    "names",
    [
        (".git", ".gitignore", ".travis.yml", "README.md"),
        (".hidden",),
        (".tmp/mine",),
        (".spool/x",),
        ("sub/",),
        (".tmp/lock", "notes"),
    ],
)
def test_a_foreign_folder_is_refused(tmp_path: Path, names: tuple[str, ...]) -> None:
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).mkdir() if name.endswith("/") else (tmp_path / name).write_text("mine")
    with pytest.raises(UsageError, match=r"is not empty and holds no config\.yaml"):
        open_for(tmp_path)
    for name in names:
        assert name.endswith("/") or (tmp_path / name).read_text() == "mine"


@pytest.mark.parametrize("text", ["", "# mine\n", "seed: 0\n"])
def test_a_foreign_config_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "config.yaml").write_text(text)
    with pytest.raises(UsageError, match=r"config\.yaml was not written by Verichrome"):
        open_for(tmp_path)


def test_the_output_of_an_earlier_version_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("# fingerprint of the frames: abc\nfamily: shapes\nscenes: 2\n")
    with pytest.raises(UsageError, match=r"config\.yaml was written by an earlier version of Verichrome, .* continue"):
        open_for(tmp_path)


def test_a_job_continues_what_a_killed_job_left(tmp_path: Path) -> None:
    (tmp_path / ".tmp").mkdir()
    (tmp_path / ".tmp" / "lock").touch()
    (tmp_path / ".tmp" / ".tmp-host-1-0").touch()
    store = open_for(tmp_path)
    with hold_output(store):
        claim_output(store, resolve({**TINY, "out": str(tmp_path)}))
    assert open_for(tmp_path).url == str(tmp_path)


def test_a_bucket_with_other_objects_is_refused(tmp_path: Path) -> None:
    url = f"memory://{tmp_path}"
    fsspec.filesystem("memory").pipe_file(f"{tmp_path}/.notes", b"mine")
    with pytest.raises(UsageError, match=r"is not empty and holds no config\.yaml \(but \.notes\)"):
        open_for(url)
    assert fsspec.filesystem("memory").find(str(tmp_path)) == [f"{tmp_path}/.notes"]


@pytest.mark.parametrize("name", ["frames", "receipts", "manifest", ".spool", ".tmp", "pairs/pairs-000000.tar"])
def test_an_output_with_a_link_in_it_is_refused_at_once(tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    claim_output(open_for(out), resolve({**TINY, "out": str(out)}))
    (tmp_path / "elsewhere").mkdir()
    if (out / name).is_dir():
        (out / name).rmdir()
    (out / name).parent.mkdir(exist_ok=True)
    (out / name).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match=f"{name} is a symbolic link"):
        open_for(out)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_lock_that_is_not_a_regular_file_is_refused(tmp_path: Path) -> None:
    precious, lock = tmp_path / "precious", tmp_path / "out" / ".tmp" / "lock"
    precious.write_text("years of work")
    lock.parent.mkdir(parents=True)
    lock.symlink_to(precious)
    with pytest.raises(UsageError, match="it is a symbolic link"):
        hold_output(Store(tmp_path / "out")).__enter__()
    lock.unlink()
    os.mkfifo(lock)
    with pytest.raises(UsageError, match="it is not a regular file"):
        hold_output(Store(tmp_path / "out")).__enter__()
    lock.unlink()
    lock.hardlink_to(precious)
    with hold_output(Store(tmp_path / "out")):
        assert lock.read_text().startswith("process ")
    assert precious.read_text() == "years of work"


def test_pictures_are_written_only_to_allowed_paths(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("years of work")
    (tmp_path / "link.png").symlink_to(tmp_path / "precious")
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "folder.png").mkdir()
    for name in ("link.png", "pipe.png", "folder.png", "a.jpg", "absent/a.png", f"{'x' * 250}.png"):
        with pytest.raises(UsageError):
            check_png(tmp_path / name)
    check_png(tmp_path / "é 日.png")
    write_whole(tmp_path / "é 日.png", b"1")
    write_whole(tmp_path / "é 日.png", b"2")
    assert (tmp_path / "é 日.png").read_bytes() == b"2"
    assert (tmp_path / "precious").read_text() == "years of work"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "folder.png", "link.png", "pipe.png", "precious", "é 日.png",
    ]  # fmt: skip


@pytest.mark.parametrize("command", ["generate", "encode", "audit", "stats", "view", "preview"])
def test_a_name_that_is_not_utf8_is_refused_at_once(verichrome: CommandLine, tmp_path: Path, command: str) -> None:
    path = f"{tmp_path}/x\udcff"
    result = verichrome(command, *(["--out"] if command in ("generate", "preview") else []), path)
    assert (result.code, result.err) == (
        2,
        f"Names must be UTF-8 text, and {tmp_path}/x\\udcff is not: give the file another one.\n",
    )
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ConfigError, match="out must be UTF-8 text"):
        resolve({"out": "x\udcff"})


def test_terminal_codes_and_markup_in_data_are_escaped() -> None:
    stream = io.StringIO()
    say_line(Console(file=stream, force_terminal=True), "[red]x[/] [/] :warning: \x1b]0;title\x07 \u202e \nlast")
    assert stream.getvalue() == "[red]x[/] [/] :warning: \\x1b]0;title\\x07 \\u202e \\nlast\n"
    assert fit("a\nb\x1b") == "a\nb\\x1b"
    assert len(fit("x\n" * 10**6)) < 300
    assert len(fit("x" * 50_000_000)) < 3000


def test_a_configuration_with_many_errors_is_reported_in_few_lines() -> None:
    with pytest.raises(ConfigError) as error:
        resolve({f"field\x1b{number}": 1 for number in range(10_000)})
    lines = str(error.value).splitlines()
    assert len(lines) == 21
    assert lines[0].startswith("field\\x1b0 is not a field")
    assert lines[-1] == "And 9,980 more problems."


def test_an_audit_of_hostile_file_names_is_short_and_escaped(verichrome: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "receipts").mkdir()
    (tmp_path / "receipts" / "frames-000000.json").write_text(json.dumps({"kind": "\x1b[31m" + "x" * 10**6}))
    for number in range(200):
        (tmp_path / "receipts" / f"\x1b[2J\n{number}").touch()
    os.mkfifo(tmp_path / "receipts" / "pairs-000000.json")
    (tmp_path / "README.md").symlink_to("/etc/passwd")
    (tmp_path / "manifest").symlink_to("/etc")
    result = verichrome("audit", str(tmp_path))
    assert result.code == 1
    assert "\x1b" not in result.out
    assert len(result.out) < 60_000
    assert "pairs-000000.json: it is not a regular file" in result.out
    assert "manifest is a symbolic link" in result.out


def test_temporary_folders_of_dead_processes_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scratch, "GRACE", -1.0)
    own = tmp_path / f"verichrome-{os.getuid()}"
    (own / "logs-dead").mkdir(parents=True)
    (own / "logs-dead" / "worker-00001.log").touch()
    (own / "file").touch()
    (own / "logs-link").symlink_to(tmp_path)
    own.chmod(0o777)
    with scratch.run_folder("logs-", tmp_path) as first, scratch.run_folder("logs-", tmp_path) as second:
        assert first.parent == second.parent == own
        assert own.stat().st_mode & 0o777 == 0o700
        assert sorted(own.iterdir()) == sorted((own / "file", own / "logs-link", first, second))
    assert not first.exists()


def test_a_folder_that_another_made_first_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / f"verichrome-{os.getuid()}").symlink_to(tmp_path / "theirs")
    with scratch.run_folder("logs-", tmp_path) as folder:
        assert re.fullmatch(r"verichrome-\w+", folder.parent.name)
        assert folder.parent.parent == tmp_path
    assert list((tmp_path / "theirs").iterdir()) == []


def _session(pid: int) -> list[str]:
    """The processes of a session that are at work."""
    listed = subprocess.run(["ps", "-wweo", "sid=,stat=,args="], capture_output=True, text=True, check=True).stdout
    rows = (line.split(None, 2) for line in listed.splitlines())
    return [row[2] for row in rows if row[0] == str(pid) and not row[1].startswith("Z")]


def _stopped(out: Path, number: signal.Signals, ready: Callable[[int], bool]) -> tuple[int, str]:
    """Exit code and output of a job that gets a signal when it is `ready`; all its processes must have ended."""
    fields: dict[str, Any] = {**TINY, "out": str(out)}
    command = [sys.executable, "-m", "tests.job.fake_job", json.dumps(fields)]
    job = subprocess.Popen(command, cwd=ROOT, text=True, stderr=subprocess.PIPE, start_new_session=True)
    while not ready(job.pid) and job.poll() is None:
        time.sleep(0.02)
    job.send_signal(number)
    _, output = job.communicate(timeout=120)
    deadline = time.monotonic() + 20
    while _session(job.pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert _session(job.pid) == []
    return job.returncode, output


def test_a_termination_request_while_ray_starts_ends_the_job(tmp_path: Path) -> None:
    pytest.importorskip("ray")
    ready = lambda pid: any("gcs_server" in line for line in _session(pid))  # noqa: E731
    code, output = _stopped(tmp_path / "out", signal.SIGTERM, ready)
    assert code == 143, output
    assert output.startswith("Stopped. The scenes that are finished stay in ")
    assert not (tmp_path / "out").exists()


@pytest.mark.soak
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_at_any_time_ends_the_job_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    pytest.importorskip("ray")
    for step in range(6):
        begun = tmp_path / f"out{step}" / ".tmp" / "lock"
        start: list[float] = []

        def ready(_: int, begun: Path = begun, start: list[float] = start, step: int = step) -> bool:
            if not start and begun.exists():
                start.append(time.monotonic())
            return bool(start) and time.monotonic() - start[0] > 1.4 * step

        code, output = _stopped(tmp_path / f"out{step}", number, ready)
        ended = "Wrote 4 scenes" in output  # it was on its way out, where Python handles signals no more
        assert code in (128 + number, 0) or (ended and code == -number), output
        assert "Traceback" not in output
