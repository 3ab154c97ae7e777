"""Parts and materials of pixels against closed-form geometry, rendered in one Blender process.

Run as a script this file is that process.
"""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from encode.formulas.projection import pixel_rays, project
from render.camera import camera_to_world, intrinsics
from scenes.material import MATERIAL_KINDS, Material
from scenes.model import ObjectSpec, Part
from scenes.scene import Camera, Hdri, SceneObject, SceneSpec, View
from scenes.shapes import Box, Shape, Sphere
from scenes.surface_words import material_of, materials

WIDTH, HEIGHT = 128, 96
FRONT = Camera(location=(0.0, -4.0, 0.5), target=(0.0, 0.0, 0.5), focal_length=50)
UPRIGHT = (float(np.cos(np.pi / 4)), float(np.sin(np.pi / 4)), 0.0, 0.0)  # a sheet's z toward -y
FRONT_FACE = -0.2  # y, metres, of the three blocks
BLOCKS = ("top", "leg 2", "body")  # from the left; not in alphabetical order
BLOCK_KINDS = ("wood", "polished_metal", "glass")
RADIUS, STEP, ROW = 0.045, 0.1, 10  # of a ball for every kind of material, ten in a row


def made_of(kind: str, cutout: float = 0.0) -> Material:
    return Material.model_validate({"kind": kind, "name": "", "color": (0.5, 0.6, 0.4), "cutout": cutout})


def part(name: str, shape: Shape, material: Material, at: tuple[float, float, float] = (0.0, 0.0, 0.0)) -> Part:
    return Part(name=name, shape=shape, material=material, location=at)


def ball_center(index: int) -> tuple[float, float, float]:
    return ((index % ROW - ROW / 2 + 0.5) * STEP, 0.0, 0.15 + index // ROW * STEP)


def standing(center: tuple[float, float, float]) -> tuple[float, float, float]:
    """Where a ball touches the ground, since shapes stand on z = 0."""
    return (center[0], center[1], center[2] - RADIUS)


def spec(*objects: SceneObject) -> SceneSpec:
    view = View(candidates=(FRONT,))
    world = Hdri(name="studio")
    return SceneSpec(family="shapes", seed=0, index=0, objects=objects, world=world, views=(view,), min_categories=1)


def thing(id_: int, *parts: Part, **where: Any) -> SceneObject:
    model = ObjectSpec(category="box", parts=parts)
    return SceneObject(id=id_, name=f"thing-{id_}", model=model, **{"location": (0, 0, 0), **where})


PANEL = thing(3, part("panel", Box(size=(2.0, 0.1, 1.6)), made_of("wood")), location=(0, 1.0, -0.3))
BLOCK = Box(size=(0.4, 0.4, 1.0))
SCENES = {
    "blocks": spec(
        thing(
            300,
            *(
                part(name, BLOCK, made_of(kind), (0.4 * i - 0.4, 0.0, 0.0))
                for i, (name, kind) in enumerate(zip(BLOCKS, BLOCK_KINDS, strict=True))
            ),
        )
    ),
    "leaf": spec(
        thing(
            2,
            part("leaf", Box(size=(1.0, 1.0, 0.001)), made_of("leaf", 0.6)),
            location=(0, 0.5, 0.5),
            rotation=UPRIGHT,
        ),
        PANEL,
    ),
    "panel": spec(PANEL),
    "kinds": spec(
        thing(
            1,
            *(
                part(f"ball {i}", Sphere(radii=(RADIUS,) * 3), made_of(kind), standing(ball_center(i)))
                for i, kind in enumerate(MATERIAL_KINDS)
            ),
        )
    ),
}

pytestmark = pytest.mark.render


@pytest.fixture(scope="module")
def maps(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    if importlib.util.find_spec("bpy") is None:
        pytest.skip("bpy is not installed")
    out = tmp_path_factory.mktemp("surface") / "maps.npz"
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2]), "TMPDIR": str(out.parent)}
    done = subprocess.run(
        [sys.executable, __file__, str(out)], env=environment, capture_output=True, text=True, timeout=240, check=False
    )
    assert out.exists(), done.stdout[-2000:] + done.stderr[-4000:]
    with np.load(out) as loaded:
        return dict(loaded)


def names(maps: Mapping[str, Any], scene: str) -> np.ndarray:
    """The name of each pixel's part, "" for none."""
    return np.asarray(maps[f"{scene} names"][maps[f"{scene} part"]])


def test_every_pixel_has_the_part_that_its_ray_meets(maps: Mapping[str, Any]) -> None:
    rays = pixel_rays(intrinsics(FRONT, WIDTH, HEIGHT), WIDTH, HEIGHT)
    across = rays[..., 0] * (FRONT_FACE - FRONT.location[1])  # x where the ray meets the plane of the front faces
    seen = maps["blocks instance"] == 300
    assert seen.sum() > 1000
    block = np.clip(np.floor((across + 0.6) / 0.4), 0, 2).astype(int)
    clear = seen & (np.abs((across + 0.6) / 0.4 % 1 - 0.5) < 0.499)
    np.testing.assert_array_equal(names(maps, "blocks")[clear], np.array(BLOCKS)[block][clear])
    due = np.array([material_of(made_of(kind)) for kind in BLOCK_KINDS])
    np.testing.assert_array_equal(maps["blocks material"][clear], due[block][clear])
    assert not maps["blocks part"][~seen].any()
    assert not maps["blocks material"][~seen].any()


def test_a_hole_of_a_cut_out_shows_the_part_behind_it(maps: Mapping[str, Any]) -> None:
    instance, part_name = maps["leaf instance"], names(maps, "leaf")
    assert (instance == 2).sum() > 300
    assert set(part_name[instance == 2]) == {"leaf"}
    assert set(part_name[instance == 3]) == {"panel"}
    rows, columns = np.nonzero(instance == 2)
    window = instance[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    assert (window == 3).sum() > 150  # seen through the holes


def test_a_hole_of_a_cut_out_has_the_base_colour_of_what_is_behind_it(maps: Mapping[str, Any]) -> None:
    through = maps["leaf instance"] == 3
    both = through & (maps["panel instance"] == 3)
    assert both.sum() > 150
    np.testing.assert_array_equal(maps["leaf albedo"][both], maps["panel albedo"][both])
    leaf = maps["leaf albedo"][maps["leaf instance"] == 2]
    assert (leaf[:, 1] > leaf[:, 2]).mean() > 0.9  # it is green


def test_every_kind_of_material_writes_its_part(maps: Mapping[str, Any]) -> None:
    centers = np.array([ball_center(i) for i in range(len(MATERIAL_KINDS))])
    uv, _ = project(centers, intrinsics(FRONT, WIDTH, HEIGHT), camera_to_world(FRONT))
    x, y = np.floor(uv).astype(int).T
    assert names(maps, "kinds")[y, x].tolist() == [f"ball {i}" for i in range(len(MATERIAL_KINDS))]
    due = [material_of(made_of(kind)) for kind in MATERIAL_KINDS]
    assert maps["kinds material"][y, x].tolist() == due
    assert len(set(due)) > len(materials()) / 2


def test_keeping_parts_changes_no_other_pixel(maps: Mapping[str, Any]) -> None:
    for name in ("image", "depth", "normal", "instance"):
        np.testing.assert_array_equal(maps[f"leaf {name}"], maps[f"plain {name}"])
    assert not bool(maps["plain surface"])


def render_all(out: Path) -> None:
    """Blender's side."""
    from render.engine import Engine
    from render.settings import RenderSettings

    arrays: dict[str, Any] = {}
    for surface, scenes in ((True, SCENES), (False, {"plain": SCENES["leaf"]})):
        engine = Engine(RenderSettings(width=WIDTH, height=HEIGHT, samples=1, threads=2, surface=surface, albedo=True))
        for name, scene in scenes.items():
            view = engine.render(scene).frames[0]
            for channel in ("depth", "normal", "instance"):
                arrays[f"{name} {channel}"] = getattr(view.truth, channel)
            arrays[f"{name} image"] = view.image
            arrays[f"{name} albedo"] = view.albedo
            arrays[f"{name} surface"] = view.surface is not None
            if view.surface is not None:
                arrays[f"{name} part"], arrays[f"{name} material"] = view.surface.part, view.surface.material
                arrays[f"{name} names"] = np.array(["", *(part.name for part in view.surface.record.parts)])
    np.savez(out, **arrays)


if __name__ == "__main__":
    render_all(Path(sys.argv[1]))
    sys.stdout.flush()
    os._exit(0)
