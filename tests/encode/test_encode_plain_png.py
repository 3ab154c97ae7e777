"""The fast reader of plain PNG files gives Pillow's pixels, and leaves every other file to Pillow."""

import io
import struct
import zlib

import deflate
import numpy as np
import pytest
from PIL import Image

from encode.errors import FormatError
from encode.png_encoder import encode_png
from encode.reading import image_file
from encode.reading.image_file import read_exact_rgb
from encode.reading.plain_png import read_plain_png

_SHAPE = (70, 41)


def _images() -> dict[str, np.ndarray]:
    rng = np.random.default_rng(5)
    noise = rng.integers(0, 256, (*_SHAPE, 3), np.uint8)
    steps = rng.integers(0, 3, noise.shape, np.uint8)
    up, sub = (np.cumsum(noise * (noise > 250) + steps, axis, np.uint8) for axis in (0, 1))
    return {"none": noise, "up": up, "sub": sub}


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _png(filtered: bytes, *between: bytes, depth: int = 8, colors: int = 2) -> bytes:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", _SHAPE[1], _SHAPE[0], depth, colors, 0, 0, 0))
    return b"".join(
        (b"\x89PNG\r\n\x1a\n", head, *between, _chunk(b"IDAT", zlib.compress(filtered)), _chunk(b"IEND", b""))
    )


@pytest.mark.parametrize("name", list(_images()))
def test_gives_the_pixels_that_were_written(name: str) -> None:
    image = _images()[name]
    read = read_plain_png(encode_png(image), _SHAPE)
    assert read is not None
    assert np.array_equal(read, image)
    assert not read.flags.writeable


def test_each_filter_occurs_among_the_images() -> None:
    types = [deflate.zlib_decompress(encode_png(image)[41:-16], 1 << 20)[0] for image in _images().values()]
    assert sorted(types) == [0, 1, 2]


def _other_files() -> dict[str, bytes]:
    image = _images()["sub"]
    height, width = _SHAPE
    row = bytes(1 + 3 * width)
    stream = io.BytesIO()
    Image.fromarray(image).save(stream, "PNG")
    content = encode_png(image)
    return {
        "Pillow's own filters": stream.getvalue(),
        "two filters": _png(row * (height - 1) + b"\x01" + row[1:]),
        "Paeth": _png((b"\x04" + row[1:]) * height),
        "unknown filter": _png((b"\x09" + row[1:]) * height),
        "a row too few": _png(row * (height - 1)),
        "a row too many": _png(row * (height + 1)),
        "another chunk": _png(row * height, _chunk(b"tEXt", b"a\0b")),
        "transparency": _png(row * height, _chunk(b"tRNS", bytes(6))),
        "16 bits": _png((row + row[1:]) * height, depth=16),
        "alpha": _png((row + bytes(width)) * height, colors=6),
        "more behind it": content + b"x",
        "cut": content[:-20],
        "empty": b"",
        "signature alone": content[:8],
    }


@pytest.mark.parametrize("name", list(_other_files()))
def test_leaves_other_files_to_pillow(name: str) -> None:
    assert read_plain_png(_other_files()[name], _SHAPE) is None


def test_leaves_other_sizes_to_pillow() -> None:
    content = encode_png(_images()["up"])
    for shape in ((70, 40), (69, 41), (0, 0), (1 << 14, 1 << 14)):
        assert read_plain_png(content, shape) is None


def test_damaged_files_are_refused_with_pillows_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any changed byte gives what Pillow alone gives: the same pixels, or the same message."""
    rng = np.random.default_rng(8)
    content = encode_png(_images()["sub"])
    damaged = []
    for place in (*range(len(content)), *rng.integers(0, len(content), 200).tolist()):
        changed = bytearray(content)
        changed[place] ^= 1 << int(rng.integers(8))
        damaged.append(bytes(changed))
    ours = [_outcome(each) for each in damaged]
    monkeypatch.setattr(image_file, "read_plain_png", lambda *_: None)
    assert ours == [_outcome(each) for each in damaged]


def _outcome(content: bytes) -> bytes | str:
    try:
        return read_exact_rgb(content, "image", _SHAPE).tobytes()
    except FormatError as error:
        return str(error)
