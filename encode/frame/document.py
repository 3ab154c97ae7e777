"""`scene.json` as models: the facts of a view, without pixels."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Annotated, Any

from encode.errors import SceneFileError
from encode.formulas.indices import SceneIndex, ViewIndex
from encode.formulas.lens import PINHOLE, Lens
from encode.frame.objects import CategoryRecord, ObjectRecord
from encode.frame.silhouettes import encode_rle
from encode.frame.surface import SurfaceRecord
from encode.reading.limits import MOST_ID, MOST_SIDE
from encode.schema import Key, record_json

if TYPE_CHECKING:
    from encode.frame.frame import Frame

__all__ = [
    "BLURS",
    "Description",
    "LensRecord",
    "Origin",
    "SceneDocument",
    "StoredObject",
    "frame_key",
    "scene_document",
]

FORMAT = 1
#: Keys of `render` that say how the image is blurred, where it is; named as the options that ask for it.
BLURS = ("depth_of_field", "motion_blur")
_MOST_64 = 2**63 - 1
_NO_SURFACE = SurfaceRecord((), ())

Vec3 = tuple[float, float, float]
Vec4 = tuple[float, float, float, float]


def frame_key(scene: SceneIndex, view: ViewIndex) -> str:
    """`s0000012-v01`: sorts by scene, then view, and holds no dot, since webdataset cuts keys at the first one."""
    return f"s{scene:07d}-v{view:02d}"


_RECORD = tuple(field.name for field in fields(ObjectRecord))


@dataclass(frozen=True, slots=True)
class StoredObject(ObjectRecord):
    """An entry of `objects`: an object with its silhouette."""

    amodal_rle: Annotated[
        Mapping[str, Any] | None,
        Key(
            "the pixels that the object would cover alone, as COCO's uncompressed RLE {`size` [h, w], `counts`}, column"
            " by column, the first run counts zeros; null where none of it is visible"
        ),
    ] = None

    @classmethod
    def of(cls, record: ObjectRecord, frame: "Frame") -> "StoredObject":
        """A frame's object with its silhouette there, if that is known."""
        mask = None if frame.amodal is None else frame.amodal.get(record.id)
        return cls(**_values(record), amodal_rle=None if mask is None else encode_rle(mask))

    def record(self) -> ObjectRecord:
        """The object without its silhouette."""
        return ObjectRecord(**{name: getattr(self, name) for name in _RECORD})


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a frame comes from: the scene that was sampled, and how it was rendered."""

    family: Annotated[str, Key("scene family")]
    seed: Annotated[int, Key("what the scene was sampled from, with `scene_index` and `attempt`", 0, _MOST_64)]
    scene_index: Annotated[SceneIndex, Key("index of the scene in the job", 0, _MOST_64)]
    view_index: Annotated[ViewIndex, Key("number of the view in the scene, from 0")]
    attempt: Annotated[int, Key("which resampling of the scene passed the frame checks (0 = the first)")]
    render: Annotated[
        Mapping[str, Any],
        Key(
            "`samples`, `device` (its kind: `CPU`, `OPTIX`, …), `engine`, `view_transform`, `exposure`, `denoiser`,"
            " `glass_policy` (`first surface`), `cutout_policy` (`binary`), `normals_bent` int (pixels whose shading"
            " normal faced away from the camera by up to 15 degrees and was bent to graze the line of sight),"
            " `normals_flat` int (pixels whose shading normal faced away by more, and that have the normal of their"
            " face); frames of older versions have neither count. Where the image is a photograph, `view_transform` is"
            " `photograph` and `photo` an object: the camera that was drawn (docs/photo.md), with `stops`, `iso` and"
            " `balance_gains` [red, blue], which the camera set by what it saw; `exposure` is then what the automatic"
            " exposure asked for. `depth_of_field` and `motion_blur`: objects, where the image has them (docs/photo.md)"
        ),
    ]
    versions: Annotated[Mapping[str, str], Key("`verichrome`, `blender`, `python`, `numpy`, `openexr`")]
    fingerprint: Annotated[str, Key("the configuration's fingerprint")] = ""
    spec: Annotated[
        Mapping[str, Any],
        Key(
            "the scene's `SceneSpec`, which `scenes.SceneSpec.model_validate` reads and Blender replays; its objects"
            " name their model by row of `models`, whose parts name theirs of `materials`. Of a scene in a .blend,"
            " `setting.offset` [x, y, z] is what it was moved by from far off (0 for most): world coordinates plus that"
            " are the file's own, in metres"
        ),
    ]


@dataclass(frozen=True, slots=True)
class LensRecord:
    """The lens of a view."""

    model: Annotated[str, Key("`radial-tangential` (Brown-Conrady) or `fisheye` (Kannala-Brandt)")] = PINHOLE.model
    coefficients: Annotated[
        tuple[float, ...],
        Key("k1 k2 p1 p2 k3, or k1 k2 k3 k4 of a fisheye, as `cv2.projectPoints` and `cv2.fisheye` take them"),
    ] = PINHOLE.coefficients

    @classmethod
    def of(cls, lens: Lens) -> "LensRecord":
        """What `scene.json` records of a lens."""
        return cls(lens.model, lens.coefficients)

    def lens(self) -> Lens:
        """The lens; raises SceneFileError where there is no such model or it has other coefficients."""
        try:
            return Lens(self.model, tuple(map(float, self.coefficients)))  # type: ignore[arg-type]  # it checks
        except ValueError as error:
            raise SceneFileError("scene.json, lens", "a lens of docs/formats.md", str(error)) from error


@dataclass(frozen=True, kw_only=True)
class Description:
    """The part of `scene.json` that tasks need."""

    key: Annotated[str, Key("the frame's key, `s0000012-v01`: scene 12, view 1")]
    intrinsics: Annotated[
        tuple[Vec3, Vec3, Vec3],
        Key("K; pixel centres at +0.5: u = fx X / d + cx and v = cy - fy Y / d for a point (X, Y, -d) in camera axes"),
    ]
    lens: Annotated[
        LensRecord,
        Key("what it does to (X / d, -Y / d) before K applies, see below; absent for a pinhole", may_be_absent=True),
    ] = LensRecord()
    camera_to_world: Annotated[tuple[Vec4, Vec4, Vec4, Vec4], Key("camera axes to world")]
    world_category: Annotated[int, Key("category id of pixels without a surface", 0, MOST_ID)]
    categories: Annotated[tuple[CategoryRecord, ...], Key("every category of the scene, see below")]
    objects: Annotated[tuple[StoredObject, ...], Key("every object of the scene (things and stuff), see below")]
    surface: Annotated[
        SurfaceRecord,
        Key(
            "what the ids of `surface.exr` mean, `parts` and `materials`, see below; absent without that file",
            may_be_absent=True,
        ),
    ] = _NO_SURFACE


@dataclass(frozen=True, kw_only=True)
class SceneDocument(Description, Origin):
    """The whole of `scene.json`."""

    format: Annotated[int, Key(f"{FORMAT}")] = FORMAT
    width: Annotated[int, Key("pixels", 1, MOST_SIDE)]
    height: Annotated[int, Key("pixels", 1, MOST_SIDE)]

    def origin(self) -> Origin:
        """The part of it that says where the frame comes from."""
        return Origin(**{field.name: getattr(self, field.name) for field in fields(Origin)})


def scene_document(frame: "Frame") -> dict[str, Any]:
    """The content of a frame's `scene.json`; raises SceneFileError where the frame has no origin."""
    if frame.origin is None:
        raise SceneFileError(f"frame {frame.key}", "an origin, which scene.json records", "none")
    height, width = frame.truth.shape
    document = SceneDocument(
        key=frame.key,
        intrinsics=frame.intrinsics.tolist(),
        lens=LensRecord.of(frame.lens),
        camera_to_world=frame.camera_to_world.tolist(),
        world_category=frame.world_category,
        categories=frame.categories,
        objects=tuple(StoredObject.of(record, frame) for record in frame.objects),
        width=width,
        height=height,
        surface=_NO_SURFACE if frame.surface is None else frame.surface.record,
        **_values(frame.origin),
    )
    return record_json(document)


def _values(record: Any) -> dict[str, Any]:
    return {field.name: getattr(record, field.name) for field in fields(record)}
