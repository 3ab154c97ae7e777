"""What views show, by family: how many things and how large, how many of them books, how close the camera is.

    python benchmarks/view_contents.py [SCENES [FAMILY ...]]      # default: 24 scenes of one view of each

Counted on the id map of the first camera candidate that passes the checks before the render, at 256 pixels; no image is
rendered, which takes two to four seconds a scene. A thing counts where at least 0.01 % of the image shows it. It is
small under 0.33 % and large over 3 % of the image, as 32 x 32 and 96 x 96 pixels are in COCO's 640 x 480. The subject
of a view is its largest thing that is no part of a building and carries nothing in view; a shot is close where the
subject covers 8 % of the image or more, far under 2 %, and else middle.
"""

import os
import sys
from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import UInt32

from encode import SceneIndex
from render.errors import SceneRejected
from render.settings import RenderSettings
from scenes import SceneSpec, sample_scene
from scenes.families import all_families

LEAST, SMALL, LARGE = 1e-4, 32**2 / (640 * 480), 96**2 / (640 * 480)
CLOSE, FAR = 0.08, 0.02
SETTINGS = RenderSettings(width=256, height=256, samples=1, denoise=False, photo=False)
FAMILIES = tuple(
    name for name, family in all_families().items() if not family.of_library and name not in ("mix", "shapes")
)
BUILDING = ("building part", "room structure")
HEADS = ("views", "things", "small", "large", "books", "close", "middle", "far", "subject", "refused", "lost")


@dataclass
class ViewContents:
    """Counts over views. shares: of the image, each thing's. subjects: each view's subject's. lost: without a view."""

    categories: Counter[str] = field(default_factory=Counter)
    shares: list[float] = field(default_factory=list)
    subjects: list[float] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    lost: int = 0

    def add(self, spec: SceneSpec, instance: UInt32[np.ndarray, "h w"]) -> None:
        """Count what a view of a scene shows."""
        known, pixels = spec.taxonomy, np.bincount(instance.ravel())
        share = {
            int(id_): float(pixels[id_]) / instance.size for id_ in np.flatnonzero(pixels >= LEAST * instance.size)
        }
        seen = [item for item in spec.objects if item.id in share]
        things = [item for item in seen if known[item.model.category].kind == "thing"]
        carriers = {item.supported_by for item in seen}
        subjects = [
            share[item.id]
            for item in things
            if item.id not in carriers and known[item.model.category].supercategory not in BUILDING
        ]
        self.categories.update(item.model.category for item in things)
        self.shares += [share[item.id] for item in things]
        self.subjects.append(max(subjects, default=0.0))

    def merge(self, other: "ViewContents") -> None:
        """Add what was counted over other views."""
        self.categories += other.categories
        self.shares += other.shares
        self.subjects += other.subjects
        self.refused += other.refused
        self.lost += other.lost

    def line(self) -> str:
        """The figures under HEADS."""
        views, things = max(len(self.subjects), 1), max(len(self.shares), 1)
        close, far = sum(share >= CLOSE for share in self.subjects), sum(share < FAR for share in self.subjects)
        shares = (
            sum(share < SMALL for share in self.shares) / things,
            sum(share > LARGE for share in self.shares) / things,
            self.categories["book"] / things,
            *(count / views for count in (close, len(self.subjects) - close - far, far)),
            float(np.median(self.subjects or [0.0])),
        )
        cells = [f"{len(self.subjects)}", f"{len(self.shares) / views:.1f}", *(f"{share:.1%}" for share in shares)]
        return "".join(f"{cell:>9}" for cell in [*cells, f"{self.refused.total() / views:.2f}", f"{self.lost}"])


def measure(family: str, scenes: int) -> ViewContents:
    """The contents of one view of so many scenes of a family."""
    from render.passes import render_truth  # Blender, only in the process that renders
    from render.stage import Stage
    from render.viewpoint import check_viewpoint

    contents = ViewContents()
    for index in range(scenes):
        spec = sample_scene(family, seed=0, index=SceneIndex(index), views=1)
        try:
            stage = Stage(spec, SETTINGS)
        except SceneRejected:
            contents.lost += 1
            continue
        for camera in spec.views[0].candidates:
            problems = list(check_viewpoint(stage, camera, SETTINGS.width, SETTINGS.height))
            contents.refused.update(name for name, _ in problems)
            if not problems:
                stage.look_through(camera)
                contents.add(spec, render_truth().instance)
                break
        else:
            contents.lost += 1
    return contents


def main(scenes: int, names: tuple[str, ...]) -> None:
    """A line a family, and one for all: shares of things and of shots, candidates refused a view, scenes lost."""
    total = ViewContents()
    sys.stdout.write(f"{'':<12}" + "".join(f"{head:>9}" for head in HEADS) + "\n")
    for name in names:
        contents = measure(name, scenes)
        total.merge(contents)
        sys.stdout.write(f"{name:<12}{contents.line()}  {dict(contents.refused)}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{'all':<12}{total.line()}\n")
    most = ", ".join(f"{name} {count / len(total.shares):.1%}" for name, count in total.categories.most_common(8))
    sys.stdout.write(f"most frequent: {most}\n")
    sys.stdout.flush()
    os._exit(0)  # Blender may crash on the way out


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 24, tuple(sys.argv[2:]) or FAMILIES)
