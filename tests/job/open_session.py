"""A local Ray session with a worker, and what others can see and do of it: `python -m tests.job.open_session`.

A process of its own, since Ray keeps what it read when it was imported. With `dashboard`, Ray's dashboard and agents
run too. Prints JSON.
"""

import dataclasses
import json
import os
import stat
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from tests.job.sockets import Listener, listeners, process_tree
from verichrome.configfile import resolve
from verichrome.driver.ray_session import ray_session

#: What would run code or end the session, by the kind of server that knows it.
ORDERS = (
    "ray.rpc.JobInfoGcsService/GetAllJobInfo",
    "ray.rpc.InternalKVGcsService/InternalKVKeys",
    "ray.rpc.NodeManagerService/ShutdownRaylet",
    "ray.rpc.NodeManagerService/RequestWorkerLease",
    "ray.rpc.ObjectManagerService/Pull",
    "ray.rpc.CoreWorkerService/PushTask",
    "ray.rpc.CoreWorkerService/Exit",
    "ray.rpc.ReporterService/GetTraceback",
)
POSTS = ("/api/job_agent/jobs/", "/api/jobs/", "/get_or_create_runtime_env")


class Worker:
    """A worker's process listens, too."""

    def environment(self) -> dict[str, str]:
        return dict(os.environ)

    def priority(self) -> int:
        return os.getpriority(os.PRIO_PROCESS, 0)


def main() -> None:
    import ray

    dashboard, said = "dashboard" in sys.argv, list[str]()
    with ray_session(resolve({"workers": 1, "cpus_per_worker": 1, "dashboard": dashboard}), say=said.append):
        worker = ray.remote(Worker).options(num_cpus=1).remote()
        there = ray.get(worker.environment.remote())  # type: ignore[attr-defined]
        priority = ray.get(worker.priority.remote())  # type: ignore[attr-defined]
        token = Path(os.environ["RAY_AUTH_TOKEN_PATH"])
        if dashboard:
            time.sleep(2)  # the agent's servers come last
        listening = listeners(os.getpid())
        asked = {listener: _orders(listener) for listener in listening}
        session: dict[str, Any] = {
            "said": said,
            "priorities": [priority, os.getpriority(os.PRIO_PROCESS, 0)],
            "processes": [_python_script(process) for process in process_tree(os.getpid())[1:]],
            "token_file": str(token),
            "listeners": [dataclasses.asdict(listener) for listener in listening],
            "grpc": {listener.port: orders for listener, orders in asked.items()},
            "http": {other.port: _posts(other) for other, orders in asked.items() if orders == ["UNAVAILABLE"]},
            "token": stat.S_IMODE(token.stat().st_mode),
            "folder": stat.S_IMODE(token.parent.stat().st_mode),
            "bare": token.read_text() in str(there),
            "session": str(ray._private.worker._global_node.get_session_dir_path()),  # type: ignore[attr-defined]
            "private": str(token.parent),
        }
    session["left"] = token.parent.exists()
    session["environment"] = [name for name in os.environ if name.startswith("RAY_AUTH")]
    sys.stdout.write(json.dumps(session))


def _python_script(process: int) -> str:
    """The name of the program that a process runs: its script, where it is Python."""
    arguments = Path(f"/proc/{process}/cmdline").read_bytes().decode(errors="replace").split("\0")
    program = Path(arguments[0]).name
    scripts = [argument for argument in arguments if argument.endswith(".py")]
    return Path(scripts[0]).name if program.startswith("python") and scripts else program.partition(" ")[0]


def _orders(listener: Listener) -> list[str]:
    """How each call ends that is made without a token, or with a wrong one."""
    import grpc  # type: ignore[import-untyped]

    ends = set()
    for metadata in ([], [("authorization", f"Bearer {'b' * 64}")]):
        with grpc.insecure_channel(f"127.0.0.1:{listener.port}", options=[("grpc.enable_http_proxy", 0)]) as channel:
            for order in ORDERS:
                try:
                    channel.unary_unary(f"/{order}")(b"", timeout=5, metadata=metadata)
                    ends.add(f"answered {order}")
                except grpc.RpcError as error:
                    ends.add(error.code().name)
                    if error.code() is grpc.StatusCode.UNAVAILABLE:
                        break  # speaks HTTP
    return sorted(ends)


def _posts(listener: Listener) -> list[int]:
    """The statuses of jobs posted without a token."""
    body = json.dumps({"entrypoint": "true"}).encode()
    return [_status(f"http://127.0.0.1:{listener.port}{path}", body) for path in POSTS]


def _status(url: str, body: bytes) -> int:
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except (OSError, ValueError, urllib.error.URLError):
        return 0
    except Exception:  # http.client's, where a gRPC server answers
        return 0


if __name__ == "__main__":
    main()
