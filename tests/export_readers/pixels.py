"""What the scripts here print of each pair that a reader gives, for test_export_readers.py to compare."""

import hashlib
import io
import json
import sys
from pathlib import Path
from typing import Any

from PIL import Image

__all__ = ["pixel_digest", "print_pair"]


def print_pair(key: str, split: str, prompt: str, source: Any, target: Any) -> None:
    """Print a line of JSON; images may be files, their bytes, Pillow images, or raw RGB as (size, bytes)."""
    images = {"source": pixel_digest(source), "target": pixel_digest(target)}
    sys.stdout.write(json.dumps({"key": key, "split": split, "prompt": prompt, **images}) + "\n")


def pixel_digest(image: Any) -> str:
    """Hash of size and RGB of an image, in one of the forms that `print_pair` takes."""
    if isinstance(image, tuple):
        (width, height), content = image
    else:
        if isinstance(image, bytes):
            image = Image.open(io.BytesIO(image))
        elif isinstance(image, str | Path):
            image = Image.open(image)
        (width, height), content = image.size, image.convert("RGB").tobytes()
    return hashlib.sha256(f"{width}x{height}".encode() + content).hexdigest()
