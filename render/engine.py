"""Scenes to checked views. Imports Blender: only the process that renders may import this module."""

import hashlib
import platform
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Any

import bpy
import numpy as np
import OpenEXR
from jaxtyping import Float64

from encode.formulas.indices import ViewIndex
from encode.formulas.lens import PINHOLE
from encode.formulas.projection import pixel_rays, to_camera
from encode.frame import Frame, Origin, SurfaceMaps, frame_key, scene_document
from render.blur import shaken, through_aperture
from render.camera import camera_to_world, intrinsics
from render.checks import check_agreement, check_ended, check_image, check_truth
from render.depth_refinement import off_ray_pixels, refined_depth
from render.errors import Rejection, SceneRejected
from render.focus import focused
from render.geometric_normals import face_normals
from render.materials.tree_cache import TreeCache
from render.passes import (
    FirstHits,
    RawTruth,
    RenderedImage,
    render_first_hits,
    render_image,
    render_truth,
)
from render.photo import take_photo
from render.records import category_record, object_records
from render.render_timer import UNTIMED, CyclesTimer
from render.rendered import RenderedScene
from render.settings import RenderSettings
from render.shading import shading_maps
from render.stage import Stage
from render.surface import surface_maps
from render.truth import FinishedTruth, finish_truth, to_srgb
from render.view_groups import view_groups
from render.viewpoint import check_viewpoint
from scenes.blur import draw_aperture, draw_shake
from scenes.photo import draw_photo, noise_stream
from scenes.scene import Camera, SceneSpec

__all__ = ["Engine"]


@dataclass(frozen=True, slots=True)
class _CandidateCamera:
    """A camera candidate of a view, with its intrinsics and pose."""

    view: ViewIndex
    candidate: int
    camera: Camera
    k: np.ndarray
    pose: np.ndarray


@dataclass(frozen=True, slots=True)
class _CheckedTruth:
    """The truth of a candidate that has passed its checks, until the image is rendered; `hits` as Cycles gave them.

    seconds, profile: what it took, by stage and by part of a stage.
    """

    aim: _CandidateCamera
    truth: FinishedTruth
    hits: FirstHits
    albedo: np.ndarray | None
    surface: SurfaceMaps | None
    seconds: dict[str, float]
    profile: Counter[str]


@dataclass(frozen=True, slots=True)
class _RenderedView:
    """The frame of a view and what it took."""

    frame: Frame
    seconds: dict[str, float]
    profile: Counter[str]


class Engine:
    """Renders scenes one after the other in this process's Blender."""

    def __init__(self, settings: RenderSettings) -> None:
        self.settings = settings
        self._trees = TreeCache()
        self._timer = CyclesTimer(settings.threads) if settings.profile else UNTIMED

    def render(self, spec: SceneSpec) -> RenderedScene:
        """Build `spec` once and render its views, each from its first candidate that passes every check.

        Raises SceneRejected where the scene does not build or settle, or where a view has no good candidate.
        """
        stage = Stage(spec, self.settings, self._trees)
        rejections: list[Rejection] = []
        views: list[_RenderedView] = []
        for group in view_groups(self.settings, len(spec.views)):
            group.prepare_truths()
            truths = [self._truth(stage, index, rejections) for index in group.views]
            group.prepare_images()
            while truths:  # each is let go as soon as its view is done
                views.append(self._view(stage, truths.pop(0), rejections))
        profile: Counter[str] = Counter()
        for view in views:
            profile.update(view.profile)
        return RenderedScene(
            tuple(view.frame for view in views),
            tuple(view.seconds for view in views),
            tuple(sorted(rejections, key=lambda rejection: (rejection.view, rejection.candidate))),
            dict(stage.seconds),
            dict(profile),
        )

    def _truth(self, stage: Stage, view: ViewIndex, rejections: list[Rejection], first: int = 0) -> _CheckedTruth:
        """The truth of the view's first candidate from number `first` on that passes the checks before the image."""
        for candidate, camera in enumerate(stage.spec.views[view].candidates[first:], first):
            start = time.perf_counter()
            result = self._look(stage, self._aim(view, candidate, camera))
            if isinstance(result, _CheckedTruth):
                return result
            rejections.extend(result)
            self._timer.take()
            stage.spent("rejected", time.perf_counter() - start)
        raise SceneRejected(tuple(rejections))

    def _view(self, stage: Stage, checked: _CheckedTruth, rejections: list[Rejection]) -> _RenderedView:
        """The view from the candidate of this truth, or from the next one whose image passes its checks too."""
        while True:
            start = time.perf_counter()
            result = self._shoot(stage, checked)
            if isinstance(result, _RenderedView):
                return result
            rejections.extend(result)
            self._timer.take()
            stage.spent("rejected", time.perf_counter() - start + sum(checked.seconds.values()))
            checked = self._truth(stage, checked.aim.view, rejections, first=checked.aim.candidate + 1)

    def _aim(self, view: ViewIndex, candidate: int, camera: Camera) -> _CandidateCamera:
        k = intrinsics(camera, self.settings.width, self.settings.height)
        return _CandidateCamera(view, candidate, camera, k, camera_to_world(camera))

    def _look(self, stage: Stage, aim: _CandidateCamera) -> _CheckedTruth | list[Rejection]:
        """The candidate's truth, or why the camera is refused. Cheap checks come first: rays, then the truth."""
        settings, seconds = self.settings, {}
        start = time.perf_counter()
        problems = _rejections(aim, check_viewpoint(stage, aim.camera, settings.width, settings.height))
        seconds["checks"] = time.perf_counter() - start
        if problems:
            return problems
        start = time.perf_counter()
        stage.look_through(aim.camera)
        raw = render_truth(albedo=settings.albedo, surface=settings.surface, timer=self._timer)
        with self._timer.part("truth", "refinement"):
            rays = pixel_rays(aim.k, settings.width, settings.height, lens=aim.camera.lens)
            truth = _finished(stage, aim, raw, rays)
        seconds["truth"] = time.perf_counter() - start
        start = time.perf_counter()
        ids = frozenset(item.id for item in stage.spec.objects)
        problems = _rejections(aim, check_ended(raw.ended, raw.instance)) or _rejections(
            aim, check_truth(truth, rays, ids, stage.spec.categories_wanted(aim.camera))
        )
        seconds["checks"] += time.perf_counter() - start
        if problems:
            return problems
        albedo = None if raw.albedo is None else to_srgb(np.where(np.isfinite(raw.depth)[..., None], raw.albedo, 0))
        surface = None if raw.part is None else surface_maps(raw.part, truth.instance, stage.spec.objects)
        hits = FirstHits(raw.depth, raw.instance)
        return _CheckedTruth(aim, truth, hits, albedo, surface, seconds, Counter(self._timer.take()))

    def _shoot(self, stage: Stage, checked: _CheckedTruth) -> _RenderedView | list[Rejection]:
        """The view as it was aimed at for its truth, or why its image is refused."""
        aim, truth, seconds = checked.aim, checked.truth, dict(checked.seconds)
        start = time.perf_counter()
        stage.look_through(aim.camera)
        rendered, hits, blur = self._image(stage, aim, truth)
        seconds["image"] = time.perf_counter() - start
        start = time.perf_counter()
        # What the camera makes of it is not judged: it must not decide which view, and so which truth, is kept.
        problems = _rejections(aim, check_image(rendered.developed))
        problems += _rejections(
            aim, check_agreement(checked.hits.depth, checked.hits.instance, hits.depth, hits.instance)
        )
        seconds["checks"] += time.perf_counter() - start
        if problems:
            return problems
        shading = (
            None
            if rendered.diffuse is None or checked.albedo is None
            else shading_maps(rendered.diffuse, rendered.linear, truth.instance, checked.albedo)
        )
        start = time.perf_counter()
        photograph = self.settings.photo
        image, photo = _photograph(stage.spec, aim.view, rendered) if photograph else (rendered.developed, {})
        seconds["photo"] = time.perf_counter() - start
        start = time.perf_counter()
        record = self._render_record(stage, truth, rendered.exposure) | blur | photo
        frame = self._frame(stage, aim, truth, record, image, checked.albedo, checked.surface)
        seconds["checks"] += time.perf_counter() - start
        return _RenderedView(replace(frame, shading=shading), seconds, checked.profile + Counter(self._timer.take()))

    def _image(
        self, stage: Stage, aim: _CandidateCamera, truth: FinishedTruth
    ) -> tuple[RenderedImage, FirstHits, dict[str, Any]]:
        """The image, what its first sample has met through a sharp and still camera, and how it is blurred."""
        settings, spec, scene = self.settings, stage.spec, bpy.context.scene.render
        seed, where = _cycles_seed(spec, aim.view), (spec.seed, spec.index, spec.attempt, aim.view)
        if not settings.depth_of_field and not settings.motion_blur:
            rendered = render_image(settings, seed, spec.exposure, self._timer)
            return rendered, rendered.hits, {}
        hits, record = render_first_hits(seed, self._timer), {}
        with ExitStack() as blur:
            if settings.depth_of_field:
                aperture = draw_aperture(*where)
                focus = focused(aperture, aim.k, truth.depth, max(truth.shape))
                blur.enter_context(through_aperture(stage.camera, aperture, focus))
                record["depth_of_field"] = aperture.model_dump(mode="json") | focus.record()
            if settings.motion_blur:
                shake = draw_shake(*where)
                blur.enter_context(shaken(stage.camera, shake, float(aim.k[0, 0]), scene.resolution_x))
                record["motion_blur"] = shake.model_dump(mode="json")
            return render_image(settings, seed, spec.exposure, self._timer), hits, record

    def _frame(
        self,
        stage: Stage,
        aim: _CandidateCamera,
        truth: FinishedTruth,
        render: dict[str, Any],
        image: np.ndarray,
        albedo: np.ndarray | None = None,
        surface: SurfaceMaps | None = None,
    ) -> Frame:
        spec = stage.spec
        known = spec.taxonomy
        names = ({item.model.category for item in spec.objects} | {spec.world.category}) - {""}
        ids = {name: known[name].id for name in names}
        objects, silhouettes = object_records(
            stage.solids, {"": 0} | ids, truth.depth, truth.instance, aim.k, aim.pose, aim.camera.lens
        )
        return Frame(
            key=frame_key(spec.index, aim.view),
            image=image,
            truth=truth,
            intrinsics=aim.k,
            camera_to_world=aim.pose,
            world_category=ids[spec.world.category],
            categories=tuple(category_record(known[name]) for name in sorted(names, key=ids.__getitem__)),
            objects=objects,
            amodal=silhouettes or None,
            albedo=albedo,
            surface=surface,
            origin=Origin(
                family=spec.family,
                seed=spec.seed,
                scene_index=spec.index,
                view_index=aim.view,
                attempt=spec.attempt,
                render=render,
                versions=_versions(),
                spec=stage.spec_document,
            ),
            lens=aim.camera.lens,
        )

    def _record(self, stage: Stage, aim: _CandidateCamera, truth: FinishedTruth, exposure: float) -> dict[str, Any]:
        """The `scene.json` of a view; for scripts that inspect a view without rendering its image."""
        image = np.zeros((*truth.shape, 3), np.uint8)
        return scene_document(self._frame(stage, aim, truth, self._render_record(stage, truth, exposure), image))

    def _render_record(self, stage: Stage, truth: FinishedTruth, exposure: float) -> dict[str, Any]:
        return {
            "engine": "CYCLES",
            "samples": self.settings.samples,
            "device": stage.device,
            "view_transform": self.settings.view_transform,
            "exposure": exposure,
            "denoiser": "OPENIMAGEDENOISE" if self.settings.denoise else "",
            "glass_policy": "first surface",
            "cutout_policy": "binary",
            "normals_bent": int(truth.turned.sum()),
            "normals_flat": int(truth.flat.sum()),
        }


def _finished(stage: Stage, aim: _CandidateCamera, raw: RawTruth, rays: Float64[np.ndarray, "h w 3"]) -> FinishedTruth:
    known = stage.spec.taxonomy
    category_of = {item.id: known.id_of(item.model.category) for item in stage.spec.objects}
    world = known[stage.spec.world.category].id
    position = stage.in_world(raw.position)
    lens = aim.camera.lens
    depth = _planar(raw.depth, position, aim)
    wrong = off_ray_pixels(depth, position, aim.k, aim.pose, lens)
    depth = refined_depth(depth, wrong, raw.instance, stage.solids, aim.k, aim.pose, lens)

    def faces(mask: np.ndarray) -> np.ndarray:
        return face_normals(mask, position, raw.instance, stage.solids, aim.k, aim.pose, lens)

    return finish_truth(depth, raw.normal, raw.instance, rays, aim.pose, category_of, world, faces)


def _planar(depth: np.ndarray, position: np.ndarray, aim: _CandidateCamera) -> np.ndarray:
    """Planar depth: through a lens Cycles' own pass has the ray distance, so it is taken from the hits' positions."""
    if aim.camera.lens == PINHOLE:
        return depth
    planar = -to_camera(position, aim.pose)[..., 2]
    return np.where(np.isfinite(depth), planar, np.inf).astype(np.float32)


def _rejections(aim: _CandidateCamera, problems: Iterator[tuple[str, str]]) -> list[Rejection]:
    return [Rejection(aim.view, aim.candidate, name, text) for name, text in problems]


def _cycles_seed(spec: SceneSpec, view: ViewIndex) -> int:
    """Cycles' own seed, so that noise differs from scene to scene and repeats for the same one."""
    digest = hashlib.sha256(f"{spec.family}/{spec.seed}/{spec.index}/{spec.attempt}/{view}".encode()).digest()
    return int.from_bytes(digest[:4], "big") % 2**31


def _photograph(spec: SceneSpec, view: ViewIndex, rendered: RenderedImage) -> tuple[np.ndarray, dict[str, Any]]:
    """What a camera makes of the image, and its entry in `render` of scene.json."""
    scene = (spec.seed, spec.index, spec.attempt, view)
    photo = draw_photo(*scene)
    taken = take_photo(rendered.linear, photo, rendered.exposure, noise_stream(*scene))
    return taken.image, {"photo": photo.model_dump(mode="json") | taken.record()}


def _versions() -> dict[str, str]:
    return {
        "blender": bpy.app.version_string,
        "python": platform.python_version(),
        "numpy": np.__version__,
        "openexr": OpenEXR.__version__,
    }
