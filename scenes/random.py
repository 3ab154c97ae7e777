"""Random streams named by what they are for, so that a new draw in one place moves nothing elsewhere."""

import hashlib

import numpy as np

__all__ = ["stream"]


def stream(seed: int, *names: str | int) -> np.random.Generator:
    """A PCG64 generator for `seed` and the path of `names`: the same on every machine and in every process.

    Hashed with SHA-256, since Python's own hash of str changes from run to run.
    """
    path = "/".join(str(name) for name in (seed, *names))
    digest = hashlib.sha256(path.encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))
