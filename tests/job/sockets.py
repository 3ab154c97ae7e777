"""Which sockets a process and its descendants listen on, from /proc."""

import re
import socket
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from pathlib import Path

PROC = Path("/proc")
LISTEN = "0A"


@dataclass(frozen=True)
class Listener:
    """A listening TCP socket, and the name of the process that holds it."""

    address: str
    port: int
    process: str

    @property
    def is_loopback(self) -> bool:
        address = ip_address(self.address)
        mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
        return (mapped or address).is_loopback


def listeners(root: int) -> list[Listener]:
    """Every listener of process `root` and its descendants."""
    listening = _listening()
    return [
        Listener(*listening[inode], _name(process))
        for process in process_tree(root)
        for inode in _inodes(process)
        if inode in listening
    ]


def _listening() -> dict[str, tuple[str, int]]:
    """Address and port by inode."""
    addresses = {}
    for table, family in (("tcp", socket.AF_INET), ("tcp6", socket.AF_INET6)):
        for line in (PROC / "net" / table).read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == LISTEN:
                host, _, port = fields[1].partition(":")
                words = bytes.fromhex(host)  # of 4 bytes each, in the machine's order
                packed = b"".join(words[k : k + 4][::-1] for k in range(0, len(words), 4))
                addresses[fields[9]] = socket.inet_ntop(family, packed), int(port, 16)
    return addresses


def process_tree(root: int) -> list[int]:
    """Process `root`, which comes first, and its descendants."""
    children: dict[int, list[int]] = {}
    for path in PROC.glob("[0-9]*"):
        try:
            parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(path.name))
    processes, left = [], [root]
    while left:
        processes.append(left.pop())
        left += children.get(processes[-1], [])
    return processes


def _inodes(process: int) -> list[str]:
    inodes = []
    try:
        for path in (PROC / str(process) / "fd").iterdir():
            match = re.fullmatch(r"socket:\[(\d+)\]", str(path.readlink()))
            inodes += [match[1]] if match else []
    except OSError:
        pass
    return inodes


def _name(process: int) -> str:
    try:
        return (PROC / str(process) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")[:200]
    except OSError:
        return ""
