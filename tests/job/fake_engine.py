"""An engine without Blender: flat boxes before a wall, drawn by numpy. It fails in the ways that Blender does."""

import ctypes
import os
import resource
import signal
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from encode.formulas.indices import ViewIndex
from encode.frame import Frame, Truth, frame_key
from render import Rejection, RenderSettings, SceneRejected
from render.records import category_record
from render.rendered import RenderedScene
from scenes import SceneSpec, load_taxonomy
from scenes.draw import stream

BOXES = ("cube", "sphere", "cylinder")
COLORS = ("red", "blue", "green")


@dataclass(frozen=True)
class Faults:
    """Scenes that go wrong, each in its way. `notes` is a folder where `once` is remembered across processes.

    journal: a file that gets a line for every scene that was rendered to its end.
    file_limit: bytes that no file may exceed from scene `limit_from` on, for the kernel refuses them.
    """

    notes: Path | None = None
    journal: Path | None = None
    exit_once: tuple[int, ...] = ()
    hang_once: tuple[int, ...] = ()
    segfault_once: tuple[int, ...] = ()
    kill_once: tuple[int, ...] = ()
    grow_once: tuple[int, ...] = ()
    limit_from: int | None = None
    file_limit: int = 0
    raise_always: tuple[int, ...] = ()
    reject_first: tuple[int, ...] = ()
    reject_always: tuple[int, ...] = ()
    pause: float = 0.0

    def first_time(self, what: str, scene: int) -> bool:
        assert self.notes is not None
        note = self.notes / f"{what}-{scene}"
        if note.exists():
            return False
        note.touch()
        return True

    def befall(self, scene: int) -> None:
        """Let the process suffer what is to happen at `scene`."""
        print(f"rendering scene {scene}", flush=True)  # noqa: T201 - as Blender does
        ends: dict[str, tuple[tuple[int, ...], Callable[[], object]]] = {
            "exit": (self.exit_once, lambda: os._exit(7)),
            "hang": (self.hang_once, lambda: time.sleep(600)),
            "segfault": (self.segfault_once, lambda: ctypes.string_at(0)),
            "kill": (self.kill_once, lambda: os.kill(os.getpid(), signal.SIGKILL)),
            "grow": (self.grow_once, _grow),
        }
        for what, (scenes, end) in ends.items():
            if scene in scenes and self.first_time(what, scene):
                end()
        if self.limit_from is not None and scene >= self.limit_from:
            resource.setrlimit(resource.RLIMIT_FSIZE, (self.file_limit, resource.RLIM_INFINITY))
        if scene in self.raise_always:
            raise RuntimeError(f"no such mesh in scene {scene}")

    def note(self, scene: int) -> None:
        """Enter a rendered scene in the journal."""
        if self.journal is not None:
            with self.journal.open("a") as journal:
                journal.write(f"{scene}\n")


def _grow() -> None:
    """Take more and more memory, some GiB at most."""
    held = []
    for _ in range(100):
        held.append(np.ones(4 * 2**20))  # 32 MiB
        time.sleep(0.05)


@dataclass(frozen=True)
class FakeBlender:
    """The engine factory that a job uses in place of `render.worker.blender_engine`."""

    faults: Faults = Faults()

    def __call__(self, settings: RenderSettings) -> "FakeEngine":
        return FakeEngine(settings, self.faults)


class FakeEngine:
    def __init__(self, settings: RenderSettings, faults: Faults) -> None:
        self._settings = settings
        self._faults = faults

    def render(self, spec: SceneSpec) -> RenderedScene:
        faults = self._faults
        time.sleep(faults.pause)
        faults.befall(spec.index)
        rejected = spec.index in faults.reject_always or (spec.index in faults.reject_first and spec.attempt == 0)
        if rejected:
            raise SceneRejected((Rejection(0, 0, "black", f"attempt {spec.attempt} is black"),))
        frames = tuple(self._frame(spec, number) for number in range(len(spec.views)))
        faults.note(spec.index)
        seconds = ({"image": 0.1, "truth": 0.01},) * len(frames)
        profile = {"image/sampling": 0.09 * len(frames), "materials/wood": 0.02} if self._settings.profile else {}
        return RenderedScene(frames, seconds, (), {"build": 0.01, "physics": 0.0}, profile)

    def _frame(self, spec: SceneSpec, view_index: int) -> Frame:
        width, height = self._settings.width, self._settings.height
        rng = stream(spec.seed, "fake", spec.index, spec.attempt, view_index)
        rows, columns = np.mgrid[0:height, 0:width]
        depth = (3 + rows / height).astype(np.float32)
        depth[: height // 4] = np.inf
        instance = np.where(np.isfinite(depth), 1, 0).astype(np.uint32)
        for k in range(len(BOXES)):
            left = (k * width) // 3 + int(rng.integers(2, 5))
            inside = (
                (rows > height // 3) & (rows < height - 6 - 4 * k) & (columns >= left) & (columns < left + width // 5)
            )
            depth[inside] = 2 + 0.1 * k
            instance[inside] = k + 2
        names = ("ground", *BOXES, "sky")
        ids = {name: load_taxonomy()[name].id for name in names}
        normal = np.zeros((height, width, 3), np.float32)
        normal[np.isfinite(depth)] = (0, 0, 1)
        category = np.array([ids["sky"], ids["ground"], *(ids[name] for name in BOXES)], np.uint32)[instance]
        image = rng.integers(0, 256, (height, width, 3), np.uint8)
        return Frame.from_scene(
            self._record(spec, view_index, instance, ids), image, Truth(depth, normal, instance, category)
        )

    def _record(self, spec: SceneSpec, view_index: int, instance: np.ndarray, ids: dict[str, int]) -> dict[str, Any]:
        width, height = self._settings.width, self._settings.height
        shapes = [("ground", "gray"), *zip(BOXES, COLORS, strict=True)]
        return {
            "format": 1,
            "key": frame_key(spec.index, ViewIndex(view_index)),
            "fingerprint": "",
            "family": spec.family,
            "seed": spec.seed,
            "scene_index": spec.index,
            "view_index": view_index,
            "attempt": spec.attempt,
            "width": width,
            "height": height,
            "intrinsics": [[float(width), 0.0, width / 2], [0.0, float(width), height / 2], [0.0, 0.0, 1.0]],
            "camera_to_world": np.eye(4).tolist(),
            "world_category": ids["sky"],
            "categories": [asdict(category_record(load_taxonomy()[name])) for name in sorted(ids, key=ids.__getitem__)],
            "objects": [_object(k + 1, name, color, instance, ids) for k, (name, color) in enumerate(shapes)],
            "render": {"device": "CPU", "samples": self._settings.samples},
            "versions": {"blender": "none"},
            "spec": spec.model_dump(mode="json"),
        }


def _object(id_: int, name: str, color: str, instance: np.ndarray, ids: dict[str, int]) -> dict[str, Any]:
    rows, columns = np.nonzero(instance == id_)
    box = [int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1]
    return {
        "id": id_,
        "name": f"{name}-{id_}",
        "category": name,
        "category_id": ids[name],
        "color": color,
        "material": "rubber",
        "size": "medium",
        "parts": ["body"],
        "dimensions": [1.0, 1.0, 1.0],
        "box_2d": box,
        "visible_pixels": len(rows),
        "visible_fraction": 1.0,
        "truncated": False,
        "box_3d": {"center": [float(id_), 0.0, -2.0], "rotation": np.eye(3).tolist(), "extent": [1.0, 1.0, 1.0]},
        "supported_by": 0 if name == "ground" else 1,
    }
