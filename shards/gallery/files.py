"""The page itself: markup, style and scripts that ship with this package."""

from functools import cache
from importlib.resources import files

from shards.gallery.response import NotFound, Response

__all__ = ["page_file", "page_names"]

_KINDS = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}


@cache
def page_names() -> tuple[str, ...]:
    """The paths of all files of the page, sorted."""
    web = files("shards.gallery") / "web"
    names = sorted(f"{folder}{entry.name}" for folder in ("", "app/") for entry in (web / folder).iterdir())
    return tuple(name for name in names if name.rpartition(".")[2] in _KINDS)


def page_file(name: str) -> Response:
    """A file of `page_names` as a response; raises NotFound for any other path."""
    if name not in page_names():
        raise NotFound(f"there is nothing at {name}")
    content = (files("shards.gallery") / "web").joinpath(*name.split("/")).read_bytes()
    return Response(content, _KINDS[name.rpartition(".")[2]])
