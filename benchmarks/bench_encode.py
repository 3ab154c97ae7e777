"""How much faster than `hilbertmap` depth is painted and read, and what each task costs on one frame.

    python benchmarks/bench_encode.py

Both sides get what they need and give the same: 8-bit RGB from float32 metres, float metres from 8-bit RGB.
"""

import sys
import time
from collections.abc import Callable
from functools import partial

import hilbertmap
import numpy as np
from jaxtyping import Float, Float32, UInt8

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


def smooth_depth(side: int) -> Float32[np.ndarray, "h w"]:
    """A smooth depth map of 0.5 to 20 m with a band of sky, float32 metres."""
    y, x = np.mgrid[0:side, 0:side] / side
    depth = 0.5 + 19.5 * (0.5 + 0.5 * np.sin(7 * x + 5 * y)) * y
    depth[: side // 10] = np.inf
    return np.asarray(depth, np.float32)


def hilbertmap_encode(depth: Float32[np.ndarray, "h w"]) -> UInt8[np.ndarray, "h w 3"]:
    """8-bit RGB by hilbertmap."""
    return np.asarray(np.rint(hilbertmap.depth_to_rgb(depth) * 255), np.uint8)


def hilbertmap_decode(rgb: UInt8[np.ndarray, "h w 3"]) -> Float[np.ndarray, "h w"]:
    """Metres by hilbertmap."""
    with np.errstate(divide="ignore"):
        return np.asarray(hilbertmap.rgb_to_depth(rgb / 255.0))


def main() -> None:
    """Print milliseconds and ratios."""
    codec = depth_codec("cube-walk")
    for side in (512, 1024):
        depth = smooth_depth(side)
        rgb = codec.encode(depth)
        noise = np.random.default_rng(0).integers(0, 256, rgb.shape, dtype=np.uint8)
        cases: list[tuple[str, Callable[[], object], Callable[[], object]]] = [
            ("encode", partial(codec.encode, depth), partial(hilbertmap_encode, depth)),
            ("decode", partial(codec.decode, rgb), partial(hilbertmap_decode, rgb)),
            ("decode noise", partial(codec.decode, noise), partial(hilbertmap_decode, noise)),
        ]
        for name, run, run_hilbertmap in cases:
            seconds, reference = best_of(run), best_of(run_hilbertmap)
            ratio = f"hilbertmap {reference * 1e3:7.1f} ms: {reference / seconds:.1f} times as fast"
            sys.stdout.write(f"{side}x{side} {name:13}{seconds * 1e3:8.2f} ms, {ratio}\n")
    normal = np.random.default_rng(0).normal(size=(512, 512, 3))
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    unit = normal.astype(np.float32)
    painted = encode_normals(unit)
    sys.stdout.write(f"512x512 normals encode {best_of(lambda: encode_normals(unit)) * 1e3:.2f} ms\n")
    sys.stdout.write(f"512x512 normals decode {best_of(lambda: decode_normals(painted)) * 1e3:.2f} ms\n")


if __name__ == "__main__":
    main()
