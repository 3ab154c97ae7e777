"""Who can reach a job's Ray: on one machine its user, on a cluster holders of its token, or a warning is given."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.job.driver import ROOT
from tests.job.sockets import Listener
from verichrome import versions
from verichrome.commands.generate import check_renderer
from verichrome.configfile import resolve
from verichrome.driver import private_ray, ray_session
from verichrome.driver.lean_ray import runtime_env_wanted
from verichrome.driver.ray_session import security_warnings
from verichrome.errors import UsageError

ray = pytest.importorskip("ray")
grpc = pytest.importorskip("grpc")


def _open_session(*options: str) -> dict[str, Any]:
    """What `tests.job.open_session` saw; a cluster's token in the environment must not be used."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("RAY_AUTH")}
    environment = {**own, "RAY_AUTH_TOKEN": "c" * 64}
    command = [sys.executable, "-m", "tests.job.open_session", *options]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False, env=environment)
    assert ran.returncode == 0, ran.stderr
    seen: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return seen


@pytest.fixture(scope="module")
def lean() -> dict[str, Any]:
    return _open_session()


@pytest.fixture(scope="module")
def shown() -> dict[str, Any]:
    return _open_session("dashboard")


@pytest.fixture(scope="module", params=["lean", "shown"])
def session(request: pytest.FixtureRequest) -> dict[str, Any]:
    """A session without Ray's dashboard and agents, and one with them."""
    seen: dict[str, Any] = request.getfixturevalue(request.param)
    return seen


def test_a_local_ray_listens_on_loopback_alone(session: dict[str, Any]) -> None:
    listeners = [Listener(**listener) for listener in session["listeners"]]
    assert len(listeners) >= (8 if session["said"] else 4)
    assert [listener for listener in listeners if not listener.is_loopback] == []


def test_a_local_ray_refuses_requests_without_its_token(session: dict[str, Any]) -> None:
    ends = {end for ends in session["grpc"].values() for end in ends}
    assert "UNAUTHENTICATED" in ends
    assert ends <= {"UNAUTHENTICATED", "UNIMPLEMENTED", "UNAVAILABLE"}
    statuses = {status for statuses in session["http"].values() for status in statuses}
    assert (401 in statuses) == bool(session["said"])
    assert statuses <= {0, 401, 403, 405}  # 405: metrics, which are only read


def test_token_and_sockets_are_private_and_removed_at_the_end(session: dict[str, Any]) -> None:
    assert (oct(session["token"]), oct(session["folder"])) == ("0o600", "0o700")
    assert not session["bare"]
    assert session["session"].startswith(session["private"])
    assert session["left"] is False
    assert session["environment"] == ["RAY_AUTH_TOKEN"]  # as it was before


def test_ray_starts_only_what_runs_workers(lean: dict[str, Any]) -> None:
    assert lean["said"] == []
    assert sorted(lean["processes"]) == ["gcs_server", "idle_agent.py", "idle_agent.py", "ray::Worker", "raylet"]


def test_workers_have_the_priority_of_the_job(session: dict[str, Any]) -> None:
    worker, driver = session["priorities"]
    assert worker == driver


def test_the_dashboard_is_started_and_named_where_it_is_asked_for(shown: dict[str, Any]) -> None:
    assert {"dashboard.py", "ray::DashboardAgent"} <= set(shown["processes"])
    (sentence,) = shown["said"]
    assert re.match(r"Ray's dashboard: http://127\.0\.0\.1:\d+; its token is in ", sentence)
    assert sentence.endswith(f" {shown['token_file']}.")


@pytest.mark.parametrize("broken", ["Node", "start_ray_process"])
def test_another_ray_is_started_as_it_starts_itself(
    monkeypatch: pytest.MonkeyPatch, broken: str, tmp_path: Path
) -> None:
    """Where this Ray lacks what a lean start replaces, or refuses it, the plain start follows."""
    lean, starts = list[bool](), list[bool]()

    @contextmanager
    def replaced(*_: Any, **__: Any) -> Iterator[None]:
        if broken == "Node":
            raise AttributeError("type object 'Node' has no attribute 'start_monitor'")
        lean.append(True)
        yield
        lean.clear()

    def init(*_: Any, **__: Any) -> None:
        starts.append(bool(lean))
        if lean:
            lean.clear()
            raise RuntimeError("The current node timed out during startup")

    monkeypatch.setattr(ray_session, "lean_start", replaced)
    monkeypatch.setattr(ray, "init", init)
    monkeypatch.setattr(ray, "shutdown", lambda: None)
    monkeypatch.setattr(ray_session, "check_private", lambda: None)
    monkeypatch.setenv("RAY_ENABLE_UV_RUN_RUNTIME_ENV", "0")
    ray_session._start(resolve({}), print, num_cpus=2, log_to_driver=False)
    assert starts == ([False] if broken == "Node" else [True, False])


@pytest.mark.parametrize("name", ["RAY_RUNTIME_ENV_HOOK", "RAY_JOB_CONFIG_JSON_ENV_VAR"])
def test_a_runtime_environment_keeps_its_agent(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("RAY_ENABLE_UV_RUN_RUNTIME_ENV", "0")
    assert not runtime_env_wanted()
    monkeypatch.setenv(name, "{}")
    assert runtime_env_wanted()


@pytest.mark.parametrize(("version", "works"), [("2.50.1", False), ("2.53.0", False), ("2.54.0", True), ("3.0", True)])
def test_a_ray_version_without_authentication_is_refused(
    monkeypatch: pytest.MonkeyPatch, version: str, works: bool
) -> None:
    monkeypatch.setattr(versions, "installed", lambda name: version)
    problem = "" if works else f"Ray {version} is too old, since others on the network could run code through it: "
    assert versions.ray_problem().startswith(problem)
    assert bool(versions.ray_problem()) != works
    if not works:
        with pytest.raises(UsageError, match=re.escape("pip install 'ray[default]>=2.54'")):
            check_renderer(resolve({"address": "auto"}))


def test_the_checked_ray_version_is_that_of_pyproject() -> None:
    floor = re.search(r'"ray\[default\]>=([\d.]+)', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert floor is not None
    assert tuple(map(int, floor[1].split("."))) == versions.RAY_FLOOR


def test_folders_of_killed_sessions_are_removed(tmp_path: Path) -> None:
    dead, young, other = (tmp_path / f"verichrome-ray-{name}" for name in ("dead", "young", "link"))
    (dead / "session").mkdir(parents=True)
    (dead / "token").write_text("x")
    young.mkdir()  # has no token yet
    other.symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/token").write_text("kept")
    held = tmp_path / "verichrome-ray-held"
    held.mkdir()
    with private_ray._token_in(held):
        private_ray._sweep(tmp_path)
        assert held.is_dir()
    assert not dead.exists()
    assert young.is_dir()
    assert (tmp_path / "elsewhere/token").exists()


def test_a_cluster_without_authentication_gives_a_warning(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, open_head: tuple[str, Callable[[], None]]
) -> None:
    head, close = open_head
    token = tmp_path / "auth_token"
    token.write_text("t")
    token.chmod(0o644)
    monkeypatch.setenv("RAY_AUTH_TOKEN_PATH", str(token))
    assert list(security_warnings(head)) == [
        "Every user of this machine can run code on this Ray cluster, which asks for no token: "
        "docs/cluster.md shows how to set one.",
        f"Other users of this machine can read the token of the cluster: chmod 600 {token}",
    ]
    token.chmod(0o600)
    close()
    assert list(security_warnings(head)) == []


@pytest.fixture
def open_head() -> Iterator[tuple[str, Callable[[], None]]]:
    """A stand-in for a cluster's head without a token, which answers every question; and how to close it."""

    class Anything(grpc.GenericRpcHandler):  # type: ignore[misc, name-defined]
        def service(self, details: Any) -> Any:
            return grpc.unary_unary_rpc_method_handler(lambda request, context: b"")

    server = grpc.server(ThreadPoolExecutor(1), handlers=[Anything()])
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    yield f"127.0.0.1:{port}", lambda: server.stop(None).wait(10)
    server.stop(None)
