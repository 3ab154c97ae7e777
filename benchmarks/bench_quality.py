"""What each quality of images costs and gives: CPU seconds, PSNR, SSIM and FLIP against many samples.

    python -m benchmarks.bench_quality FOLDER [SCENES [SIZE [REFERENCE]]] [--only NAME]

SCENES of the default mix (20), one view each, SIZE x SIZE pixels (160), against REFERENCE denoised samples (256) of
every pixel, with another seed and the same light: Blender's images have references with Blender's bounces and caustics.
"before" is what images were made with until there were qualities: 12 samples, the light tree, the accurate prefilter.
Qualities have the light tree in the scenes where images have it (`render.stage`).
"Blender" has Blender's own defaults (bounces, caustics, light tree, denoiser) with so many samples, or with its own
samples and noise threshold. The last lines say what each costs over this project's images of the same PSNR.
FOLDER keeps what was rendered, so that a run that was stopped goes on. It needs flip-evaluator and scikit-image
beside the project's own packages (`uv run --with flip-evaluator --with scikit-image python ...`).

Each image is rendered by a process of its own, since Cycles may keep settings of an earlier one.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float32

from benchmarks.arguments import whole_number
from encode.formulas.srgb import from_linear
from render.settings import QUALITY_SAMPLES, RenderSettings
from scenes import sample_scene

THREADS = os.cpu_count() or 1
#: Settings by name; "before" has the light tree too.
VARIANTS: dict[str, dict[str, Any]] = {
    "before": {"quality": "final", "samples": 12},
    "draft": {"quality": "draft", "samples": QUALITY_SAMPLES["draft"]},
    "standard": {"quality": "standard", "samples": QUALITY_SAMPLES["standard"]},
    "standard, 6": {"quality": "standard", "samples": 6},
    "standard, 10": {"quality": "standard", "samples": 10},
    "standard, 12": {"quality": "standard", "samples": 12},
    "final": {"quality": "final", "samples": QUALITY_SAMPLES["final"]},
    "final, 128": {"quality": "final", "samples": 128},
    "final, 256": {"quality": "final", "samples": 256},
    "final, 512": {"quality": "final", "samples": 512},
    "final, 1024": {"quality": "final", "samples": 1024},
    "Blender, 8": {"samples": 8},
    "Blender, 16": {"samples": 16},
    "Blender, its own": {"samples": 4096},
}
#: This project's images, from the least samples to the most.
OWN = ("draft", "standard", "final", "final, 128", "final, 256", "final, 512", "final, 1024")
REFERENCE, BLENDER_REFERENCE = "reference", "Blender, reference"
#: What Blender 5.2 has by default for Cycles, where images of this project differ.
BLENDER = {
    "use_light_tree": True,
    "use_adaptive_sampling": True,
    "max_bounces": 12,
    "diffuse_bounces": 4,
    "glossy_bounces": 4,
    "transmission_bounces": 12,
    "caustics_reflective": True,
    "caustics_refractive": True,
    "blur_glossy": 1.0,
    "denoising_prefilter": "ACCURATE",
    "denoising_quality": "HIGH",
}
GRAY = 0.18
HEADS = ("seconds", "PSNR", "SSIM", "FLIP", "worst")  # seconds over those of "before"; the largest ratio of FLIP to its


def render(name: str, index: int, size: int, samples: int, out: Path) -> None:
    """One image into `out`, linear, with its CPU seconds. Ends the process."""
    import bpy  # only in the process that renders

    from render.passes import render_image, render_truth
    from render.render_timer import RenderTimer
    from render.stage import Stage
    from render.view_groups import view_groups

    changes = BLENDER if name.startswith("Blender") else {}
    if name in (REFERENCE, BLENDER_REFERENCE):
        changes = changes | {"use_adaptive_sampling": False, "seed": 2}

    class Changed(RenderTimer):
        def render(self, stage: Any) -> None:
            for setting, value in changes.items():
                setattr(bpy.context.scene.cycles, setting, value)
            super().render(stage)

    own = VARIANTS.get(name, {"quality": "final", "samples": samples})
    settings = RenderSettings(width=size, height=size, threads=THREADS, **own)
    spec = sample_scene("mix", seed=0, index=index, views=1)
    stage = Stage(spec, settings)
    stage.look_through(spec.views[0].candidates[0])
    if name == "before":
        bpy.context.scene.cycles.use_light_tree = True
    (group,) = view_groups(settings, 1)  # as in a job, where the truth pays for taking in the scene
    group.prepare_truths()
    render_truth()
    group.prepare_images()
    start = time.process_time()
    image = render_image(settings, seed=1, bias=0.0, timer=Changed())
    seconds = time.process_time() - start
    with out.open("wb") as stream:
        np.savez(stream, linear=image.linear, seconds=seconds)
    sys.stdout.flush()
    os._exit(0)  # Blender may crash on the way out


def rendered(
    folder: Path, name: str, index: int, size: int, samples: int
) -> tuple[Float32[np.ndarray, "h w 3"], float]:
    """The image and its CPU seconds, rendered now where the folder does not have them."""
    path = folder / f"{index}-{size}-{samples if name in (REFERENCE, BLENDER_REFERENCE) else 0}-{name}.npz"
    if not path.is_file():
        part = path.with_suffix(".part")
        command = [sys.executable, __file__, "--render", name, str(index), str(size), str(samples), str(part)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        part.rename(path)
    with np.load(path) as kept:
        return kept["linear"], float(kept["seconds"])


def shown(
    linear: Float32[np.ndarray, "h w 3"], reference: Float32[np.ndarray, "h w 3"]
) -> Float32[np.ndarray, "h w 3"]:
    """As sRGB in [0, 1], exposed as the reference is, highlights compressed (Reinhard, white at 4)."""
    exposure = GRAY / np.exp(np.mean(np.log(np.maximum(reference.mean(-1), 1e-4))))
    light = np.maximum(linear * exposure, 0)
    light = np.clip(light * (1 + light / 16) / (1 + light), 0, 1)
    return from_linear(light).astype(np.float32)


def scores(image: Float32[np.ndarray, "h w 3"], reference: Float32[np.ndarray, "h w 3"]) -> tuple[float, float, float]:
    """PSNR in dB, SSIM and FLIP of two linear images."""
    flip = import_module("flip_evaluator")  # not among the project's own packages
    structure = import_module("skimage.metrics").structural_similarity

    one, other = shown(image, reference), shown(reference, reference)
    psnr = -10 * np.log10(np.mean((one - other) ** 2))
    ssim = structure(other, one, channel_axis=2, data_range=1)
    return float(psnr), float(ssim), float(flip.evaluate(other, one, "LDR", applyMagma=False)[1])


def main(folder: Path, scenes: int, size: int, reference: int, only: list[str]) -> None:
    """A line a quality: its share of the CPU seconds of "before", and the means of what it gives."""
    folder.mkdir(parents=True, exist_ok=True)
    rows: dict[str, list[tuple[float, ...]]] = {name: [] for name in ["before", *(only or VARIANTS)]}
    for index in range(scenes):
        for name, row in rows.items():
            image, seconds = rendered(folder, name, index, size, reference)
            light = BLENDER_REFERENCE if name.startswith("Blender") else REFERENCE
            truth, _ = rendered(folder, light, index, size, reference)
            row.append((seconds, *scores(image, truth)))
        sys.stderr.write(json.dumps({name: np.round(row[-1], 4).tolist() for name, row in rows.items()}) + "\n")
    before = np.array(rows["before"])
    sys.stdout.write(f"{f'{scenes} views, {size} x {size}':<20}" + "".join(f"{head:>9}" for head in HEADS) + "\n")
    for name, row in rows.items():
        values = np.array(row)
        worst = (values[:, 3] / before[:, 3]).max()
        figures = (values[:, 0].sum() / before[:, 0].sum(), *values[:, 1:].mean(0), worst)
        sys.stdout.write(f"{name:<20}" + "".join(f"{figure:9.3f}" for figure in figures) + "\n")
    means = {name: np.mean(values, axis=0) for name, values in rows.items()}
    own = [means[name] for name in OWN if name in means]
    for name in means if own else ():
        if name.startswith("Blender"):
            ratio = means[name][0] / _seconds_for(means[name][1], own)
            known = f"{ratio:.2f} times the seconds of this project's images of the same PSNR"
            sys.stdout.write(f"{name}: {known if ratio > 0 else 'of a PSNR outside of those of this project'}\n")


def _seconds_for(psnr: float, rows: list[np.ndarray]) -> float:
    """CPU seconds at which rows of seconds and PSNR reach `psnr`, their logarithm linear between; nan outside."""
    seconds = np.interp(psnr, [row[1] for row in rows], [np.log(row[0]) for row in rows], left=np.nan, right=np.nan)
    return float(np.exp(seconds))


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] == ["--render"]:
        render(arguments[1], int(arguments[2]), int(arguments[3]), int(arguments[4]), Path(arguments[5]))
    else:
        parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
        parser.add_argument("folder", type=Path)
        for name, least, default in (("scenes", 1, 20), ("size", 16, 160), ("reference", 1, 256)):
            parser.add_argument(name, nargs="?", type=whole_number(least), default=default)
        parser.add_argument(
            "--only", action="append", default=[], choices=VARIANTS, help="instead of all; more than once for more"
        )
        main(**vars(parser.parse_args()))
