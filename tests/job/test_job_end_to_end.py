"""The whole program with the real Blender, as a user runs it: generate, audit, encode, tamper, audit; stop, resume."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("ray")
pytest.importorskip("bpy", exc_type=ImportError)

pytestmark = [pytest.mark.render, pytest.mark.slow]

SMALL = ["--family", "shapes", "--resolution", "64", "--samples", "1", "--scenes-per-shard", "1", "--workers", "1"]


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "verichrome", *arguments]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*arguments), capture_output=True, text=True, check=False, timeout=240)


def shards(folder: Path, kind: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / kind).glob("*.tar")}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated") / "first"
    done = run("generate", *SMALL, "--scenes", "2", "--out", str(folder))
    assert done.returncode == 0, done.stderr
    assert "Wrote 2 scenes, 4 frames" in done.stderr
    assert "raylet" not in done.stdout + done.stderr
    assert "Saved:" not in done.stdout + done.stderr  # Blender's own chatter
    return folder


def test_a_generated_data_set_passes_the_audit(first: Path) -> None:
    done = run("audit", str(first))
    assert done.returncode == 0, done.stdout
    assert "no problems" in done.stdout


def test_encoding_again_gives_the_same_bytes(first: Path, tmp_path: Path) -> None:
    done = run("encode", str(first), "--out", str(tmp_path / "again"))
    assert done.returncode == 0, done.stderr
    assert shards(tmp_path / "again", "pairs") == shards(first, "pairs")


def test_one_changed_byte_fails_the_audit(first: Path, tmp_path: Path) -> None:
    tampered = tmp_path / "tampered"
    shutil.copytree(first, tampered)
    shard = tampered / "pairs" / "pairs-000001.tar"
    content = bytearray(shard.read_bytes())
    content[len(content) // 2] ^= 1
    shard.chmod(0o644)
    shard.write_bytes(content)
    done = run("audit", str(tampered))
    assert done.returncode == 1
    assert "pairs-000001.tar" in done.stdout


def test_a_stopped_job_goes_on(first: Path, tmp_path: Path) -> None:
    folder = tmp_path / "stopped"
    whole = ["generate", *SMALL, "--scenes", "2", "--out", str(folder)]
    job = subprocess.Popen(command(*whole), stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 120
    while not (folder / "frames" / "frames-000000.tar").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(job.pid, signal.SIGTERM)
    _, output = job.communicate(timeout=60)
    assert job.returncode == 143, output
    assert "the same command goes on from there" in output
    assert [path for path in folder.rglob("*") if ".tmp-" in path.name] == []
    assert run(*whole).returncode == 0
    assert shards(folder, "frames") == shards(first, "frames")
    assert shards(folder, "pairs") == shards(first, "pairs")
