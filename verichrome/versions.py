"""Versions of what is installed, told without importing it."""

from importlib import metadata

__all__ = ["installed", "package_versions"]

#: What decides the bytes of pairs, beside the code itself.
DECISIVE = ("verichrome", "numpy", "pillow", "webdataset")


def installed(name: str) -> str:
    """Version of the distribution `name`; empty when there is none."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def package_versions() -> dict[str, str]:
    """Versions for a receipt."""
    return {name: installed(name) for name in DECISIVE}
