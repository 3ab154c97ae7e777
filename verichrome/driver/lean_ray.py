"""Ray on one machine without the processes that no job uses.

`ray.init` starts an autoscaler, a dashboard process (even where none is to be shown), a log monitor, and an agent each
for metrics and runtime environments. They take three seconds of two cores before the first worker runs, and a second at
the end. Ray has no options to leave them out, so functions of its own are replaced while it starts. The agents' ports
are noted as Ray's agents note them where `ray[default]` is not installed: no such service.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from verichrome.driver import idle_agent

__all__ = ["lean_start", "runtime_env_wanted"]


def runtime_env_wanted() -> bool:
    """Whether the environment asks Ray for a runtime environment, which only its agent can set up."""
    hooked = any(name in os.environ for name in ("RAY_RUNTIME_ENV_HOOK", "RAY_JOB_CONFIG_JSON_ENV_VAR"))
    return hooked or os.environ.get("RAY_ENABLE_UV_RUN_RUNTIME_ENV") != "0"


@contextmanager
def lean_start(workers: int, *, log_monitor: bool) -> Iterator[None]:
    """Make `ray.init` start what runs actors and no more, while open; `workers` processes are started ahead.

    log_monitor: whether what workers print is to reach the driver. Raises AttributeError or ImportError where this Ray
    is built otherwise.
    """
    from ray._private import services
    from ray._private.node import Node

    start = services.start_ray_process

    def start_process(command: list[str], kind: str, *args: Any, **options: Any) -> Any:
        lean = _lean_raylet(command, workers) if kind == "raylet" else command
        return start(lean, kind, *args, **options)

    def no_dashboard(node: Any, **_: Any) -> None:
        node._webui_url = ""

    with ExitStack() as replaced:
        replaced.enter_context(_replaced(services, start_ray_process=start_process))
        replaced.enter_context(_replaced(Node, start_monitor=_nothing, start_api_server=no_dashboard))
        if not log_monitor:
            replaced.enter_context(_replaced(Node, start_log_monitor=_nothing))
        yield


def _lean_raylet(command: list[str], workers: int) -> list[str]:
    """The command of a node's main process with idle agents; tells it that they have no ports."""
    from ray import _raylet

    raylet: Any = _raylet  # of which Ray's types know little
    given = dict(argument.removeprefix("--").split("=", 1) for argument in command if "=" in argument)
    for port in (
        raylet.METRICS_AGENT_PORT_NAME,
        raylet.METRICS_EXPORT_PORT_NAME,
        raylet.DASHBOARD_AGENT_LISTEN_PORT_NAME,
        raylet.RUNTIME_ENV_AGENT_PORT_NAME,
    ):
        raylet.persist_port(given["session_dir"], given["node_id"], port, -1)
    # -I and -S: nothing of the user's environment, and a start of some 20 ms.
    agent = subprocess.list2cmdline([sys.executable, "-I", "-S", str(Path(idle_agent.__file__))])
    changes = {
        "dashboard_agent_command": agent,
        "runtime_env_agent_command": agent,
        "num_prestart_python_workers": str(workers),
    }
    return _with_values(command, changes)


def _with_values(command: list[str], changes: Mapping[str, str]) -> list[str]:
    """`command` with other values of the flags `changes`, all of which it has; raises AttributeError otherwise."""
    changed, left = list(command), dict(changes)
    for place, argument in enumerate(command):
        name = argument.partition("=")[0].removeprefix("--")
        if name in left:
            changed[place] = f"--{name}={left.pop(name)}"
    if left:
        raise AttributeError(f"Ray starts a node without {', '.join(left)}")
    return changed


def _nothing(node: Any) -> None:
    """Starts no process."""


@contextmanager
def _replaced(owner: Any, **values: Any) -> Iterator[None]:
    before = {name: getattr(owner, name) for name in values}
    for name, value in values.items():
        setattr(owner, name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            setattr(owner, name, value)
