"""What is asked of a Ray cluster before a job joins it, and what is said of one that lets anybody in."""

import os
import socket
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

__all__ = ["exposures", "knock"]

#: Seconds in which a cluster's head must answer.
PATIENCE = 10.0
#: A harmless question to the head, which a cluster with a token answers to nobody without it.
_QUESTION = "/ray.rpc.JobInfoGcsService/GetAllJobInfo"


def knock(address: str) -> None:
    """Raise OSError where nobody listens at HOST:PORT; Ray itself would try for minutes."""
    host, _, port = address.rpartition(":")
    if host and port.isdigit() and "/" not in host:
        socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE).close()


def exposures(head: str) -> Iterator[str]:
    """What is open to others, a sentence each: the cluster whose head is at HOST:PORT, and this user's token."""
    if _lets_strangers_in(head):
        whose = "Every user of this machine" if _is_loopback(head) else f"Everybody who can reach {head}"
        yield f"{whose} can run code on this Ray cluster, which asks for no token: docs/cluster.md says how to set one."
    path = _token_file()
    if path.is_file() and path.stat().st_mode & 0o007:
        yield f"Other users of this machine can read the token of the cluster: chmod 600 {path}"


def _token_file() -> Path:
    return Path(os.environ.get("RAY_AUTH_TOKEN_PATH") or Path.home() / ".ray" / "auth_token")


def _lets_strangers_in(head: str) -> bool:
    """Whether the head answers a question without a token; False also where it does not answer, as with TLS."""
    try:
        import grpc  # type: ignore[import-untyped]
    except ImportError:  # a Ray without its dashboard
        return os.environ.get("RAY_AUTH_MODE", "").lower() in ("", "disabled")
    with grpc.insecure_channel(head, options=[("grpc.enable_http_proxy", 0)]) as channel:
        try:
            channel.unary_unary(_QUESTION)(b"", timeout=PATIENCE)
        except grpc.RpcError:
            return False
    return True


def _is_loopback(head: str) -> bool:
    try:
        return ip_address(head.rpartition(":")[0].strip("[]")).is_loopback
    except ValueError:
        return False
