"""How large the files of a data set may be; docs/formats.md lists these too."""

from encode.reading.limits import MOST_JSON_BYTES, MOST_PIXELS, MOST_PROMPT

__all__ = [
    "MOST_MEMBERS",
    "MOST_RECEIPT_BYTES",
    "MOST_RECEIPT_CONTAINERS",
    "MOST_RECEIPT_KEYS",
    "MOST_TEXT_BYTES",
    "most_bytes",
]

#: Bytes of a receipt, and lists, objects and keys in it: one of 30,000 pairs has 12 MB and 240,000 keys.
MOST_RECEIPT_BYTES = 16 << 20
MOST_RECEIPT_CONTAINERS = 300_000
MOST_RECEIPT_KEYS = 600_000

#: Bytes of config.yaml, and of every other YAML file.
MOST_TEXT_BYTES = 1 << 20

#: Members of one sample.
MOST_MEMBERS = 16

#: More bytes than any image needs besides its pixels.
_ROOM = 1 << 20

#: Bytes that a pixel takes at most: six channels of four bytes in truth.exr, two in surface.exr, six of two bytes in
#: shading.exr, three bytes in an image, each uncompressed.
_IMAGES = ("image.png", "albedo.png", "source.png", "source2.png", "target.png")
_BYTES_A_PIXEL = {"truth.exr": 24, "surface.exr": 8, "shading.exr": 12, **dict.fromkeys(_IMAGES, 3)}
_LOSSY = ("source.jpg", "source.webp")
_BYTES = {
    "scene.json": MOST_JSON_BYTES,
    "meta.json": 1 << 20,
    "prompt.txt": 4 * MOST_PROMPT,
    "answer.txt": 4 * MOST_PROMPT,
}


def most_bytes(suffix: str, pixels: int | None = None) -> int:
    """How many bytes a member may have, of a sample of so many pixels; None where that is not known yet."""
    pixels = MOST_PIXELS if pixels is None else min(pixels, MOST_PIXELS)
    if suffix in _BYTES_A_PIXEL or suffix in _LOSSY:
        return _ROOM + pixels * _BYTES_A_PIXEL.get(suffix, 3) * 65 // 64  # deflate adds a little to noise
    return _BYTES.get(suffix, _ROOM)
