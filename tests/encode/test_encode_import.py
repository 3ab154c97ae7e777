"""Importing `encode` is cheap: what is slow to import waits until it is needed."""

import subprocess
import sys
from pathlib import Path

import encode

PROGRAM = """
import sys
import encode, encode.metrics
import numpy as np
codec = encode.depth_codec("cube-walk")
assert np.isinf(codec.decode(codec.encode(np.full((4, 4), np.inf, np.float32)))).all()
slow = [name for name in ("scipy", "PIL", "pydantic", "pyarrow", "OpenEXR", "bpy", "ray") if name in sys.modules]
assert not slow, slow
"""


def test_nothing_slow_is_imported_before_it_is_needed() -> None:
    root = str(Path(encode.__file__).parents[1])
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, env={"PYTHONPATH": root})
    assert done.returncode == 0, done.stderr
