"""Reads JSON documents of which a large member repeats from one to the next, as the spec in each view of a scene."""

from typing import Any

from encode.reading.json_text import check_size, read_json, refuse_constant
from encode.reading.plain_json import InDoubtError, parse_plain

__all__ = ["SharedMember"]


class SharedMember:
    """A member of documents that are read one after the other; it is parsed once while its bytes stay the same.

    Documents with the same bytes of it share its value, one object, which nobody may change. It is the last one that
    is kept. A document is refused where `read_json` refuses it, with the same message.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._key = f'"{name}":'.encode()
        self._content = b""
        self._value: Any = None

    def read(self, content: bytes, where: str) -> Any:
        """The value of a document; raises FormatError that names `where`."""
        check_size(content, where)
        try:
            return self._read(content)
        except (InDoubtError, RecursionError, ValueError):
            return read_json(content, where)

    def _read(self, content: bytes) -> dict[str, Any]:
        """The document, parsed with NaN, which JSON does not have, in place of the member; raises InDoubtError."""
        key = content.find(self._key)
        if key < 0:
            raise InDoubtError
        start = key + len(self._key)
        value, end = self._member(content, start)
        rest = content[:start] + b"NaN" + content[end:]
        place = object()
        names: list[str] = []

        def constant(name: str) -> object:
            names.append(name)
            return place

        document, stop = parse_plain(rest, constant)
        # One constant in all, and it is the member of this name: so what was cut out is neither within another member
        # nor within a text.
        if stop != len(rest) or names != ["NaN"] or type(document) is not dict:
            raise InDoubtError
        if document.get(self._name) is not place:
            raise InDoubtError
        document[self._name] = value
        return document

    def _member(self, content: bytes, start: int) -> tuple[Any, int]:
        """The object that begins at `start`, and where it ends."""
        if self._content and content.startswith(self._content, start):
            return self._value, start + len(self._content)
        value, end = parse_plain(content, refuse_constant, start, level=1)
        if type(value) is not dict:
            raise InDoubtError
        self._content, self._value = content[start:end], value
        return value, end
