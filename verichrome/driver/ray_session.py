"""Ray for the time of a job: started on this machine, or joined at an address."""

import contextlib
import logging
import math
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any

from verichrome.blas_threads import use_one_blas_thread
from verichrome.config import Config
from verichrome.driver.lean_ray import lean_start, runtime_env_wanted
from verichrome.driver.private_ray import RayNotPrivate, check_private, private_folder, token_file
from verichrome.driver.resources import Resources, share_out
from verichrome.errors import UsageError
from verichrome.machine import cores, worker_memory_bytes
from verichrome.signals import kept_signals
from verichrome.versions import ray_problem

__all__ = ["check_reachable", "ray_session", "security_warnings"]

#: Only messages pass through the object store, and Ray would reserve a third of the memory, which Blender needs.
OBJECT_STORE_BYTES = 128 * 2**20

#: How often Ray is started before the job gives up.
STARTS = 3


@contextmanager
def ray_session(
    config: Config,
    verbose: bool = False,
    say: Callable[[str], None] = print,
    check: Callable[[], None] = lambda: None,
) -> Iterator[Resources]:
    """Start or join Ray and leave it on the way out; a Ray that runs in this process already is used and left alone.

    `say` is called with a sentence for each access that other users have. `check` is called between the steps of the
    start, which take seconds, and may raise, to stop. Raises UsageError where Ray does not start.
    """
    _prepare(verbose)
    problem = ray_problem()
    if problem:
        raise UsageError(problem)
    import ray

    check()
    if ray.is_initialized():
        yield _resources(config)
        return
    options: dict[str, Any] = {"log_to_driver": verbose, "logging_level": logging.INFO if verbose else logging.ERROR}
    with contextlib.nullcontext() if config.job.address else private_folder() as folder:
        try:
            with kept_signals():
                if config.job.address:
                    _join(config.job.address, say, **options)
                else:
                    _start(config, say, num_cpus=_cpus(config), _temp_dir=str(folder), **options)
        except Exception as error:  # bare Exception too, where its start takes too long
            ray.shutdown()
            where = f"at {config.job.address}" if config.job.address else "on this machine"
            reason = "".join(str(error).splitlines()[:1]).rstrip(".") or type(error).__name__
            raise UsageError(f"Ray does not answer {where}: {reason}.") from error
        try:
            yield _resources(config)
        finally:
            ray.shutdown()


def _prepare(verbose: bool) -> None:
    """Set what Ray reads when it is imported."""
    # Under `uv run` Ray would upload the working folder and start its workers by uv.
    os.environ.setdefault("RAY_ENABLE_UV_RUN_RUNTIME_ENV", "0")
    # A worker that asks for no GPU may still use one: the configuration decides which device Cycles uses.
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    # Ray would give workers so low a priority (15) that they wait for whatever else runs on the machine: a job has the
    # priority that it was started with.
    os.environ.setdefault("RAY_worker_niceness", "0")
    use_one_blas_thread()  # in workers: Ray would give them as many as they have CPUs
    if not verbose:
        # Ray prints a paragraph for every worker that dies; the job prints a line.
        os.environ.setdefault("RAY_DEDUP_LOGS_SKIP_REGEX", "A worker died or was killed")


def _join(address: str, say: Callable[[str], None], **options: Any) -> None:
    """Join the cluster at `address`, and report what other users can reach."""
    import ray

    check_reachable(address)
    ray.init(address=address, **options)
    for sentence in security_warnings(ray.get_runtime_context().gcs_address):
        say(sentence)


def _start(config: Config, say: Callable[[str], None], **options: Any) -> None:
    """Start Ray on this machine; with its dashboard and agents only where they are asked for.

    Tries again: without the replacements of a lean start where that fails, since another version of Ray may not work
    with them, and after its limit of 30 seconds, which may be too short under load.
    """
    import ray

    lean = not config.job.dashboard and not runtime_env_wanted()
    for left in reversed(range(STARTS)):
        try:
            with _lean(config, **options) if lean else contextlib.nullcontext():
                # "local", or else it would join any Ray that happens to run on this machine.
                started = ray.init(
                    "local",
                    include_dashboard=config.job.dashboard,
                    object_store_memory=OBJECT_STORE_BYTES,
                    **options,
                )
            check_private()
        except Exception as error:
            if not left or isinstance(error, RayNotPrivate) or not (lean or "timed out" in str(error)):
                raise
            ray.shutdown()
            lean = False
        else:
            if config.job.dashboard:
                say(f"Ray's dashboard: http://{started.dashboard_url}; its token is in {token_file()}.")
            return


def _lean(config: Config, log_to_driver: bool, **_: Any) -> contextlib.AbstractContextManager[None]:
    workers = share_out(config, cores(), 0.0, worker_memory_bytes()).workers  # more than GPUs may let run
    return lean_start(min(workers, config.job.shards), log_monitor=log_to_driver)


def _cpus(config: Config) -> int:
    """Ray counts in logical CPUs: enough that the workers asked for all fit, even where they share cores."""
    return max(cores(), (config.job.workers or 1) * (config.job.cpus_per_worker or 1))


def _resources(config: Config) -> Resources:
    import ray

    total: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
    if config.job.address:
        available, memory = int(total.get("CPU", 0)), total.get("memory", math.inf)
    else:
        available, memory = cores(), worker_memory_bytes()
    share = share_out(config, max(1, available), total.get("GPU", 0.0), memory)
    if not config.job.address and share.gpus * share.workers > total.get("GPU", 0.0) + 1e-9:  # a cluster may grow
        raise UsageError(
            f"gpus_per_worker must fit this machine's {total.get('GPU', 0.0):.0f} GPUs, "
            f"got {share.gpus:g} for each of {share.workers} workers."
        )
    return share


#: Seconds in which a cluster's head must answer.
HEAD_TIMEOUT = 10.0
#: A request without effects, which the head of a cluster with a token refuses without the token.
_QUESTION = "/ray.rpc.JobInfoGcsService/GetAllJobInfo"


def check_reachable(address: str) -> None:
    """Raise OSError where no server listens at HOST:PORT; Ray itself would try for minutes."""
    host, _, port = address.rpartition(":")
    if host and port.isdigit() and "/" not in host:
        socket.create_connection((host.strip("[]"), int(port)), timeout=HEAD_TIMEOUT).close()


def security_warnings(head: str) -> Iterator[str]:
    """What other users can reach, a sentence each: the cluster with its head at HOST:PORT, and this user's token."""
    if _answers_without_token(head):
        who = "Every user of this machine" if _is_loopback(head) else f"Everybody who can reach {head}"
        yield f"{who} can run code on this Ray cluster, which asks for no token: docs/cluster.md shows how to set one."
    path = token_file()
    if path.is_file() and path.stat().st_mode & 0o007:
        yield f"Other users of this machine can read the token of the cluster: chmod 600 {path}"


def _answers_without_token(head: str) -> bool:
    """Whether the head answers a question without a token; False also where it does not answer, as with TLS."""
    try:
        import grpc  # type: ignore[import-untyped]
    except ImportError:  # a Ray without its dashboard
        return os.environ.get("RAY_AUTH_MODE", "").lower() in ("", "disabled")
    with grpc.insecure_channel(head, options=[("grpc.enable_http_proxy", 0)]) as channel:
        try:
            channel.unary_unary(_QUESTION)(b"", timeout=HEAD_TIMEOUT)
        except grpc.RpcError:
            return False
    return True


def _is_loopback(head: str) -> bool:
    try:
        return ip_address(head.rpartition(":")[0].strip("[]")).is_loopback
    except ValueError:
        return False
