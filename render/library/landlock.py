"""Confines the preparing process to the folders that it needs, by Linux's Landlock, whatever Blender is made to open.

Importers written in C++ follow references themselves (USD layers, linked libraries), so that a check of the references
beforehand can miss some. The kernel misses none. Kernels before 5.13, and those built without Landlock, have no such
guard: there `obj_references.py` and `sanitizing.py` are the only ones.
See https://docs.kernel.org/userspace-api/landlock.html.
"""

import contextlib
import ctypes
import os
import stat
import struct
import sys
import sysconfig
from collections.abc import Iterable

__all__ = ["confine", "confined_here"]

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # system calls, of equal numbers on all architectures
VERSION_FLAG, PATH_BENEATH, NO_NEW_PRIVS = 1, 1, 38
#: How many bits of rights over files each version of Landlock that added some knows.
FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 5: 16}
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, TRUNCATE, IOCTL = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 14, 1 << 15
OF_A_FILE = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL
READ = EXECUTE | READ_FILE | READ_DIR
NETWORK = 0b11  # to bind and to connect by TCP, from version 4 on

PACKAGES = ("render", "scenes", "encode")  # of this project, which the process imports
#: What programs read to start and to load their libraries; no user's files.
SYSTEM = (
    "/usr", "/lib", "/lib64", "/nix/store", "/etc/ld.so.cache", "/etc/localtime", "/proc/self", "/proc/cpuinfo",
    "/proc/meminfo", "/proc/stat", "/sys/devices/system", "/sys/fs/cgroup", "/dev/urandom", "/dev/random", "/dev/zero",
)  # fmt: skip


def confined_here() -> bool:
    """Whether this kernel has Landlock."""
    return _version(ctypes.CDLL(None, use_errno=True)) >= 1


def confine(read: Iterable[str], write: Iterable[str]) -> bool:
    """Let this thread, and those that it starts, open only Python, the system's libraries, `read` and `write`.

    Call it before Blender is imported, whose threads would not be confined. False where the kernel has no Landlock.
    """
    kernel = ctypes.CDLL(None, use_errno=True)
    version = _version(kernel)
    if version < 1:
        return False
    rights = (1 << FILE_RIGHTS[max(known for known in FILE_RIGHTS if known <= version)]) - 1
    wanted = struct.pack("QQ", rights, NETWORK) if version >= 4 else struct.pack("Q", rights)
    ruleset = kernel.syscall(CREATE_RULESET, wanted, ctypes.c_size_t(len(wanted)), 0)
    if ruleset < 0:
        return False
    try:
        for path in (*SYSTEM, *_python(), *read):
            _allow(kernel, ruleset, path, READ & rights)
        _allow(kernel, ruleset, _root(), READ_DIR)  # Python lists it to find the packages in it
        for path in (*write, os.devnull):
            _allow(kernel, ruleset, path, rights & ~EXECUTE)
        kernel.prctl(NO_NEW_PRIVS, 1, 0, 0, 0)
        return bool(kernel.syscall(RESTRICT_SELF, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def _version(kernel: ctypes.CDLL) -> int:
    """The version of the kernel's Landlock; less than 1 where it has none."""
    return int(kernel.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), VERSION_FLAG))


def _python() -> set[str]:
    """Where Python, its packages and their libraries are; of a checkout of this project, its packages alone."""
    above = _root()
    packages = (os.path.join(above, package) for package in PACKAGES)
    near = {*packages, sys.prefix, sys.base_prefix, *sysconfig.get_paths().values()}
    libraries = os.environ.get("LD_LIBRARY_PATH", "").split(":")
    return {path for path in (*near, *sys.path, *libraries) if path and path != above}


def _root() -> str:
    """The folder that the package `render` is in."""
    return os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def _allow(kernel: ctypes.CDLL, ruleset: int, path: str, rights: int) -> None:
    """Allow what exists below the path; what is missing needs no permission."""
    with contextlib.suppress(OSError):
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            granted = rights if stat.S_ISDIR(os.fstat(descriptor).st_mode) else rights & OF_A_FILE
            rule = struct.pack("=Qi", granted, descriptor)
            kernel.syscall(ADD_RULE, ruleset, PATH_BENEATH, rule, 0)
        finally:
            os.close(descriptor)
