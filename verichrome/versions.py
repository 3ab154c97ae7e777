"""Versions of what is installed, without importing it."""

import re
from functools import cache
from importlib import metadata

__all__ = ["RAY_FLOOR", "installed", "package_versions", "ray_problem"]

#: Packages that decide the bytes of pairs, besides this one.
DECISIVE = ("verichrome", "numpy", "pillow", "deflate")

#: The first Ray that refuses requests without a token at every port that accepts commands. 2.50 has no tokens;
#: 2.52 still runs a job that is posted to a node's agent without a token.
RAY_FLOOR = (2, 54)


@cache
def installed(name: str) -> str:
    """Version of the distribution `name`; empty when there is none."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def package_versions() -> dict[str, str]:
    """Versions for a receipt."""
    return {name: installed(name) for name in DECISIVE}


def ray_problem() -> str:
    """Why the Ray that is installed cannot be used, in a sentence; empty if it can."""
    version = installed("ray")
    if not version:
        return "Ray is not installed: pip install 'verichrome[render]' on Python 3.13."
    numbers = tuple(int(number) for number in re.findall(r"\d+", version)[:2])
    if numbers >= RAY_FLOOR:
        return ""
    floor = ".".join(map(str, RAY_FLOOR))
    return (
        f"Ray {version} is too old, since others on the network could run code through it: "
        f"pip install 'ray[default]>={floor}'."
    )
