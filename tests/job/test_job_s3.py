"""A bucket in place of a folder, from the first scene to the last score; the server records its requests."""

import json
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request as Call
from urllib.request import urlopen

import fsspec
import pytest

from encode import write_png
from shards import Store, committed_shards, iter_pairs
from tests.job.conftest import TINY, Answer
from tests.job.s3_server import Request, S3Server, serve

pytest.importorskip("ray")

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
URL = "s3://bucket/set"
CommandLine = Callable[..., Answer]


@pytest.fixture(scope="module")
def server() -> Iterator[S3Server]:
    """One with an empty bucket, found through environment variables, as README.md describes."""
    with serve() as running, pytest.MonkeyPatch.context() as patch:
        for name, value in _environment(running.url).items():
            patch.setenv(name, value)
        fsspec.filesystem("s3").mkdir("bucket")
        yield running
        fsspec.get_filesystem_class("s3").clear_instance_cache()


def _environment(url: str) -> dict[str, str]:
    return {
        "AWS_ENDPOINT_URL": url,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def start(**fields: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.job.fake_job", json.dumps({**TINY, "out": URL, **fields})]
    return subprocess.Popen(command, cwd=ROOT, text=True, stderr=subprocess.PIPE)


def run(**fields: Any) -> str:
    job = start(**fields)
    _, output = job.communicate(timeout=240)
    assert job.returncode == 0, output
    return output


@pytest.fixture(scope="module")
def first(server: S3Server) -> list[Request]:
    """What a job of four scenes asked for."""
    with server.watched() as requests:
        output = run(scenes=4)
    assert "Wrote 4 scenes, 8 frames and 40 pairs (" in output
    return requests


def names(requests: list[Request], prefix: str) -> list[str]:
    return [request.name for request in requests if request.name.startswith(prefix)]


def listed(requests: list[Request]) -> set[str]:
    """Folders that were listed; a look for one name is none."""
    return {request.lists for request in requests if request.lists is not None and "max-keys" not in request.query}


def test_every_file_is_uploaded_once_and_a_receipt_after_its_shard(first: list[Request]) -> None:
    written = [request.name.removeprefix("set/") for request in first if request.writes]
    visible = [name for name in written if not name.startswith(".")]
    assert {name: count for name, count in Counter(visible).items() if count > 1} == {}
    expected = {"README.md", "config.yaml", "preview.png"}
    expected |= {f"manifest/{table}.parquet" for table in ("frames", "pairs", "scenes", "shards")}
    for kind in ("frames", "pairs"):
        for index in range(2):
            tar, receipt = f"{kind}/{kind}-00000{index}.tar", f"receipts/{kind}-00000{index}.json"
            assert visible.index(tar) < visible.index(receipt)
            expected |= {tar, receipt}
    assert set(visible) == expected
    assert visible[0] == "config.yaml"


def test_shards_are_read_only_for_card_and_contact_sheet(first: list[Request]) -> None:
    # A folder that is not there yet is looked for in its parent, down to the bucket.
    assert listed(first) <= {"", "set/", "set/receipts/", "set/.spool/"}
    assert names([request for request in first if request.method == "GET"], "set/frames/") == []
    first_read = next(
        k for k, request in enumerate(first) if names([request], "set/pairs/") and request.method == "GET"
    )
    assert any(request.name == "set/manifest/scenes.parquet" and request.writes for request in first[:first_read])


def test_no_hidden_files_are_left_in_the_bucket(first: list[Request]) -> None:
    assert [name for name in fsspec.filesystem("s3", use_listings_cache=False).find("bucket") if "/." in name] == []


def test_a_finished_job_is_recognised_without_opening_files(first: list[Request], server: S3Server) -> None:
    with server.watched() as requests:
        assert "Nothing was left to do: all 4 scenes are in s3://bucket/set already." in run(scenes=4)
    done = next(k for k, request in enumerate(requests) if request.name == "set/config.yaml" and request.writes)
    before = requests[:done]
    assert listed(before) == {"set/receipts/"}
    assert set(names(before, "set/receipts/")) <= {"set/receipts/frames-000001.json"}  # of the last, for config.yaml
    assert names(before, "set/frames/") + names(before, "set/pairs/") == []


@pytest.mark.soak
def test_a_killed_job_goes_on_from_its_receipts(server: S3Server) -> None:
    out = "s3://bucket/killed"
    job = start(out=out, scenes=6, seed=1)
    deadline = time.monotonic() + 120
    while "killed/receipts/frames-000000.json" not in names(list(server.requests), "killed/receipts/"):
        assert time.monotonic() < deadline
        assert job.poll() is None
        time.sleep(0.02)
    time.sleep(0.1)  # the look for an old receipt comes first, its writing after that
    while 0 not in committed_shards(Store(out)).indices:
        time.sleep(0.02)
    job.kill()
    job.communicate()  # once its workers are gone too, which hold its standard error
    committed = committed_shards(Store(out)).indices
    with server.watched() as requests:
        assert "were there already" in run(out=out, scenes=6, seed=1)
    written = {request.name for request in requests if request.writes}
    written_shards = {index for index in range(3) if f"killed/frames/frames-00000{index}.tar" in written}
    assert written_shards == {0, 1, 2} - committed
    assert listed(requests) <= {"killed/", "killed/receipts/", "killed/.spool/"}
    first_tar = next(k for k, request in enumerate(requests) if request.writes and "/frames/" in request.name)
    opened = [request for request in requests[:first_tar] if request.method == "GET"]
    assert set(names(opened, "killed/receipts/")) <= {f"killed/receipts/frames-00000{max(committed)}.json"}


def test_audit_and_stats_find_in_the_bucket_what_they_find_in_a_folder(
    first: list[Request], verichrome: CommandLine, tmp_path: Path
) -> None:
    folder = tmp_path / "copy"
    fsspec.filesystem("s3").get("bucket/set", str(folder), recursive=True)
    for arguments in (["audit"], ["stats", "--out", str(tmp_path / "stats.png")]):
        there, here = (verichrome(*arguments, folder_or_url) for folder_or_url in (URL, str(folder)))
        assert "8 frames" in there.out
        assert there.code == here.code
        assert _lasting(there.out) == _lasting(here.out.replace(str(folder), URL))


def test_the_gallery_of_the_bucket_is_that_of_the_folder(
    first: list[Request], verichrome: CommandLine, tmp_path: Path
) -> None:
    fsspec.filesystem("s3").get("bucket/set", str(tmp_path / "set"), recursive=True)
    shown = []
    for index, folder_or_url in enumerate((URL, str(tmp_path / "set"))):
        out = tmp_path / f"gallery-{index}"
        assert verichrome("view", folder_or_url, "--out", str(out), "--frames", "2").code == 0
        files = {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}
        shown.append({name: content.replace(folder_or_url.encode(), URL.encode()) for name, content in files.items()})
    assert shown[0] == shown[1]
    assert sum(name.endswith("image.png") for name in shown[0]) == 2
    assert sum(name.endswith("target.png") for name in shown[0]) >= 2


def _lasting(output: str) -> str:
    """A report without the seconds that it took."""
    return re.sub(r"it took \S+ s", "it took", output)


@pytest.mark.soak
@pytest.mark.render
def test_what_blender_renders_is_sound_in_the_bucket(server: S3Server, verichrome: CommandLine) -> None:
    pytest.importorskip("bpy", exc_type=ImportError)
    small = ["--family", "shapes", "--resolution", "64", "--samples", "1", "--scenes", "2", "--workers", "1"]
    command = [sys.executable, "-m", "verichrome", "generate", *small, "--out", "s3://bucket/real"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stderr
    audit = verichrome("audit", "s3://bucket/real")
    assert audit.code == 0, audit.out
    assert "s3://bucket/real is sound" in audit.out


def test_encode_from_bucket_to_bucket_gives_the_same_bytes(first: list[Request], verichrome: CommandLine) -> None:
    done = verichrome("encode", URL, "--out", "s3://bucket/again", "--workers", "1")
    assert done.code == 0, done.err
    one, two = Store(URL), Store("s3://bucket/again")
    for index in range(2):
        name = f"pairs/pairs-00000{index}.tar"
        assert one.read_bytes(name) == two.read_bytes(name)
    assert two.exists("README.md")
    assert two.exists("preview.png")


def test_answers_are_scored_against_the_bucket(first: list[Request], verichrome: CommandLine, tmp_path: Path) -> None:
    for stored in iter_pairs(Store(URL)):
        write_png(tmp_path / f"{stored.pair.key}.png", stored.pair.target)
    done = verichrome("score", str(tmp_path), URL)
    assert done.code == 0, done.err
    assert "depth" in done.out


@pytest.fixture
def able(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the machine pass for one that can render, so that the output is looked at."""
    from verichrome.commands import generate

    monkeypatch.setattr(generate, "check_renderer", lambda config: None)


def refused(verichrome: CommandLine, url: str) -> str:
    """The one line by which `generate` refuses to start."""
    result = verichrome("generate", "--out", url)
    assert result.code == 2, result.err
    assert len(result.err.strip().splitlines()) == 1
    return result.err


@pytest.mark.usefixtures("able", "server")
def test_a_missing_bucket_is_one_sentence(verichrome: CommandLine) -> None:
    assert "s3://nowhere/set: cannot write s3://nowhere/set/.tmp/probe: there is no such bucket." in refused(
        verichrome, "s3://nowhere/set"
    )


@pytest.mark.usefixtures("able", "server")
def test_missing_credentials_are_one_sentence(verichrome: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    try:
        assert "Unable to locate credentials" in refused(verichrome, URL)
    finally:
        fsspec.get_filesystem_class("s3").clear_instance_cache()


@pytest.mark.usefixtures("able")
def test_wrong_credentials_are_one_sentence(verichrome: CommandLine, server: S3Server) -> None:
    _check_keys(server, after=0)
    try:
        assert "The AWS Access Key Id you provided does not exist" in refused(verichrome, URL)
    finally:
        _check_keys(server, after=10**9)


def _check_keys(server: S3Server, after: int) -> None:
    """Have the server look at credentials once it has answered that many requests."""
    text = {"Content-Type": "text/plain"}
    with urlopen(Call(f"{server.url}/moto-api/reset-auth", str(after).encode(), text, method="POST")) as answer:
        assert answer.status == 200


@pytest.mark.usefixtures("able")
def test_a_file_system_package_that_is_not_installed_is_one_sentence(verichrome: CommandLine) -> None:
    assert "no file system for this URL (Please install gcsfs" in refused(verichrome, "gs://bucket/set")
