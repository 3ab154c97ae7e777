"""Whether two versions render the same frames: one view of three scenes of each family, map by map.

    python benchmarks/compare_frames.py render FOLDER        # in each version's checkout, whose packages it takes
    python benchmarks/compare_frames.py compare BEFORE AFTER

`render` takes some two minutes on 2 cores: 160x128 pixels, 4 samples, seed 11.
"""

import os
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np

FAMILIES = ("shapes", "tabletop", "room", "street", "terrain", "warehouse", "shop")
SCENES = 3
ATTEMPTS = 4
MAPS = ("depth", "instance", "category", "albedo", "image")


def render(folder: Path) -> None:
    """A .npz of each view, from the first attempt that passes all checks. Ends the process."""
    sys.path.insert(0, os.getcwd())  # the version whose checkout this is, not the one that this file belongs to
    from render.engine import Engine
    from render.errors import SceneRejected
    from render.settings import RenderSettings
    from scenes import sample_scene

    folder.mkdir(parents=True, exist_ok=True)
    engine = Engine(RenderSettings(width=160, height=128, samples=4, albedo=True))
    for family in FAMILIES:
        for index in range(SCENES):
            for attempt in range(ATTEMPTS):
                try:
                    spec = sample_scene(family, seed=11, index=index, views=1, attempt=attempt)
                    (view,) = engine.render(spec).frames
                except SceneRejected:
                    continue
                maps = {**asdict(view.truth), "image": view.image, "albedo": view.albedo}
                np.savez_compressed(folder / f"{family}-{index}.npz", **maps)
                break
    os._exit(0)  # Blender may crash on the way out


def compare(before: Path, after: Path) -> None:
    """A line a view: the share of pixels that differ in each map, and how far normals and depths do."""
    for path in sorted(before.glob("*.npz")):
        with np.load(path) as old, np.load(after / path.name) as new:
            shares = {name: _share(old[name], new[name]) for name in MAPS}
            differing = ", ".join(f"{name} {share:.2%}" for name, share in shares.items() if share) or "nothing"
            both = np.isfinite(old["depth"]) & np.isfinite(new["depth"])
            farther = np.abs(new["depth"][both] / old["depth"][both] - 1).max(initial=0.0)
            cosine = np.sum(old["normal"][both].astype(np.float64) * new["normal"][both], axis=-1)
            angle = np.degrees(np.arccos(np.clip(cosine, -1, 1)))
        sys.stdout.write(
            f"{path.stem:<12} differ: {differing}; depth by at most {farther:.1e} of it; "
            f"normals by over 0.1 degrees in {np.mean(angle > 0.1):.2%}, "
            f"99.9 percentile {np.percentile(angle, 99.9):.1f} degrees\n"
        )


def _share(old: np.ndarray, new: np.ndarray) -> float:
    """Share of pixels that are not the same to the bit; all, where even the sizes differ."""
    if old.shape != new.shape:
        return 1.0
    different = old != new
    return float((different.any(axis=-1) if different.ndim == 3 else different).mean())


if __name__ == "__main__":
    task, *folders = sys.argv[1:]
    if task == "render":
        render(Path(folders[0]))
    else:
        compare(*map(Path, folders))
