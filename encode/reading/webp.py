"""The size of a WebP by its first bytes: Pillow allocates the whole canvas when it opens one."""

from encode.errors import FormatError
from encode.reading.limits import MOST_SIDE

__all__ = ["check_webp"]


def check_webp(content: bytes, where: str) -> None:
    """Raise FormatError for a WebP with sides over the bound; other formats pass.

    The first chunk is one of three (developers.google.com/speed/webp/docs/riff_container).
    """
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP" or len(content) < 30:
        return
    body = content[20:]
    match content[12:16]:
        case b"VP8X":
            size = 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little")
        case b"VP8L":
            bits = int.from_bytes(body[1:5], "little")
            size = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        case b"VP8 ":
            size = int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF
        case _:
            return
    if max(size) > MOST_SIDE:
        raise FormatError(where, f"sides of at most {MOST_SIDE} pixels", f"{size[0]}x{size[1]}")
