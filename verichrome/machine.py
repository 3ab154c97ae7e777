"""CPU cores and memory of this machine, within the limits of its container."""

import ctypes
import os
from pathlib import Path

__all__ = ["GIB", "cores", "memory_bytes", "release_free_memory", "worker_memory_bytes"]

GIB = 2**30
#: Share of the memory that all workers together may use.
SHARE = 0.9


def cores() -> int:
    """CPU cores that this process may use."""
    allowed = len(os.sched_getaffinity(0))
    quota = _cgroup_cores()
    return max(1, min(allowed, quota)) if quota else allowed


def memory_bytes() -> int:
    """Memory that this process may use."""
    physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = _read("/sys/fs/cgroup/memory.max") or _read("/sys/fs/cgroup/memory/memory.limit_in_bytes")
    return min(physical, int(limit)) if limit.isdigit() else physical


def worker_memory_bytes() -> int:
    """Memory that all workers together may use."""
    return int(SHARE * memory_bytes())


def release_free_memory() -> None:
    """Give what this process has freed back to the system.

    The C library keeps it, in pieces that large scenes do not fit into: after a hundred scenes more than a GB.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:  # glibc
        trim(0)


def _cgroup_cores() -> int:
    """Whole cores that the control group allows; 0 for no limit."""
    quota, _, period = _read("/sys/fs/cgroup/cpu.max").partition(" ")
    if not quota.isdigit():
        quota, period = _read("/sys/fs/cgroup/cpu/cpu.cfs_quota_us"), _read("/sys/fs/cgroup/cpu/cpu.cfs_period_us")
    return max(1, int(quota) // int(period)) if quota.isdigit() and period.isdigit() else 0


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="ascii").strip()
    except OSError:
        return ""
