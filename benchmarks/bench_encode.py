"""How much faster than `hilbertmap` depth is painted and read, and what each task costs on one frame.

    python benchmarks/bench_encode.py

Both sides get what they need and give the same: 8-bit RGB from float32 metres, float metres from 8-bit RGB.
"""

import sys
import time
from collections.abc import Callable

import hilbertmap
import numpy as np

from encode.depth.codec import depth_codec
from encode.normals.codec import decode_normals, encode_normals

REPEATS = 7


def best_of(run: Callable[[], object]) -> float:
    """Least seconds of REPEATS runs, after one to warm up."""
    run()
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def room(side: int) -> np.ndarray:
    """A smooth depth map of 0.5 to 20 m with a band of sky, float32 metres."""
    y, x = np.mgrid[0:side, 0:side] / side
    depth = 0.5 + 19.5 * (0.5 + 0.5 * np.sin(7 * x + 5 * y)) * y
    depth[: side // 10] = np.inf
    return depth.astype(np.float32)


def their_encode(depth: np.ndarray) -> np.ndarray:
    """8-bit RGB by hilbertmap."""
    return np.rint(hilbertmap.depth_to_rgb(depth) * 255).astype(np.uint8)


def their_decode(rgb: np.ndarray) -> np.ndarray:
    """Metres by hilbertmap."""
    with np.errstate(divide="ignore"):
        return np.asarray(hilbertmap.rgb_to_depth(rgb / 255.0))


def main() -> None:
    """Print milliseconds and ratios."""
    codec = depth_codec("cube-walk")
    for side in (512, 1024):
        depth = room(side)
        rgb = codec.encode(depth)
        noise = np.random.default_rng(0).integers(0, 256, rgb.shape, dtype=np.uint8)
        cases: list[tuple[str, Callable[[], object], Callable[[], object]]] = [
            ("encode", lambda d=depth: codec.encode(d), lambda d=depth: their_encode(d)),
            ("decode", lambda c=rgb: codec.decode(c), lambda c=rgb: their_decode(c)),
            ("decode noise", lambda c=noise: codec.decode(c), lambda c=noise: their_decode(c)),
        ]
        for name, ours, theirs in cases:
            mine, other = best_of(ours), best_of(theirs)
            line = f"{mine * 1e3:8.2f} ms, hilbertmap {other * 1e3:7.1f} ms: {other / mine:.1f} times as fast"
            sys.stdout.write(f"{side}x{side} {name:13}{line}\n")
    normal = np.random.default_rng(0).normal(size=(512, 512, 3))
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    unit = normal.astype(np.float32)
    painted = encode_normals(unit)
    sys.stdout.write(f"512x512 normals encode {best_of(lambda: encode_normals(unit)) * 1e3:.2f} ms\n")
    sys.stdout.write(f"512x512 normals decode {best_of(lambda: decode_normals(painted)) * 1e3:.2f} ms\n")


if __name__ == "__main__":
    main()
