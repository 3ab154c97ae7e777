"""Runs a test file as a script, in a process of its own for Blender."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest


def arrays_of(script: str, folder: Path) -> Mapping[str, Any]:
    """The arrays that `script` writes into the .npz that is its argument; skips the test where there is no Blender."""
    if importlib.util.find_spec("bpy") is None:
        pytest.skip("bpy is not installed")
    out = folder / "arrays.npz"
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2]), "TMPDIR": str(folder)}
    done = subprocess.run(
        [sys.executable, script, str(out)], env=environment, capture_output=True, text=True, timeout=240, check=False
    )
    assert out.exists(), done.stdout[-2000:] + done.stderr[-4000:]
    with np.load(out) as loaded:
        return dict(loaded)
