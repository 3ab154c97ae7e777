"""A scene as one document that can be replayed: objects, light, cameras, and what physics does to the objects."""

from typing import Annotated, Any, Literal

from pydantic import Field, SerializationInfo, SerializerFunctionWrapHandler, model_serializer, model_validator

from encode.formulas.indices import SceneIndex
from encode.formulas.lens import PINHOLE, Lens
from scenes.base import Positive, Rgb, Spec, Unit, Vec2, Vec3, Vec4
from scenes.material import Material
from scenes.model import ObjectSpec
from scenes.settings.spec import OwnWorld, Setting
from scenes.shapes import Piece
from scenes.tables import inlined, tabled
from scenes.taxonomy import Category, Taxonomy, load_taxonomy

__all__ = [
    "NO_DAYLIGHT",
    "SUBJECT_CATEGORIES",
    "Camera",
    "Haze",
    "Hdri",
    "Lamp",
    "Panorama",
    "Physics",
    "SceneObject",
    "SceneSpec",
    "Sky",
    "View",
    "World",
]


#: The most categories that a view of one subject must show: the subject, what carries it and what is behind it.
SUBJECT_CATEGORIES = 3
#: Strength of the world round a place that no daylight enters: Cycles does not look for its light.
NO_DAYLIGHT = 0.001


class SceneObject(Spec):
    """An object in the scene. `body` says what physics does with it before the render.

    dynamic: falls until it is at rest; passive: others rest on it; fixed: physics does not see it.
    collision: the convex hull, or for a passive open vessel (a bowl, a plate) its hollow wall.
    rotation: unit quaternion (w, x, y, z).
    """

    id: Annotated[int, Field(ge=1, le=32767)]  # Blender's object index is a signed 16-bit number
    name: str
    model: ObjectSpec
    location: Vec3
    rotation: Vec4 = (1.0, 0.0, 0.0, 0.0)
    body: Literal["dynamic", "passive", "fixed"] = "fixed"
    collision: Literal["hull", "vessel"] = "hull"
    mass: Positive = 1.0
    supported_by: Annotated[int, Field(ge=0)] = 0  # id of what it stands on, 0 for nothing


class Physics(Spec):
    """Blender's rigid bodies, run for `steps` frames at 60 a second; what still moves or has fallen fails the scene."""

    steps: Annotated[int, Field(ge=1, le=1000)] = 90


class Hdri(Spec):
    """One of the environment maps in Blender's own data files, turned by `rotation` about z."""

    kind: Literal["hdri"] = "hdri"
    name: Literal["city", "courtyard", "forest", "interior", "night", "studio", "sunrise", "sunset"]
    rotation: float = 0.0
    strength: Positive = 1.0
    category: Literal["sky", "backdrop"] = "backdrop"


class Sky(Spec):
    """Blender's physical sky with the sun at `sun_elevation` above the horizon and `sun_rotation` about z.

    clouds: share of the sky that they cover, 1 is overcast; cloud_light: their linear radiance.
    """

    kind: Literal["sky"] = "sky"
    sun_elevation: float
    sun_rotation: float = 0.0
    sun_disc: bool = True
    air: Positive = 1.0
    aerosol: Annotated[float, Field(ge=0)] = 1.0
    clouds: Unit = 0.0
    cloud_light: Vec3 = (9.0, 10.0, 11.0)
    cloud_seed: Annotated[int, Field(ge=0, lt=1000)] = 0
    strength: Positive = 1.0
    category: Literal["sky"] = "sky"


class Panorama(Spec):
    """The user's environment map: an equirectangular image `file` of the content `digest`, turned about z."""

    kind: Literal["panorama"] = "panorama"
    file: str
    digest: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    rotation: float = 0.0
    strength: Positive = 1.0
    category: Literal["sky", "backdrop"] = "backdrop"


World = Annotated[Hdri | Sky | Panorama | OwnWorld, Field(discriminator="kind")]


class Haze(Spec):
    """Air that veils what is far: all but 1/e of a surface at `distance` metres is `radiance` (linear)."""

    distance: Positive
    radiance: Vec3


class Lamp(Spec):
    """A lamp at `location` shining toward `target`. `power` in watts or (sun) W/m2; `size` in metres or radians.

    An area lamp is a disc of `size`, or with a `height` a rectangle of both. A portal is such a rectangle that gives
    no light itself: it shows Cycles the opening through which the world shines in.
    """

    kind: Literal["area", "point", "sun", "spot", "portal"]
    location: Vec3
    target: Vec3 = (0.0, 0.0, 0.0)
    power: Positive
    size: Annotated[float, Field(ge=0)] = 0.1
    height: Annotated[float, Field(ge=0)] = 0.0
    color: Rgb = (1.0, 1.0, 1.0)
    spread: Unit = 1.0  # share of a half-space, area and spot lamps


class Camera(Spec):
    """A camera at `location` looking at `target`, rolled about its axis; `shift` in shares of the width.

    lens: what it does to positions within the plane at depth 1, before the focal length applies. Left out of documents
    where it does nothing.
    subject: the id of the object that it frames; left out of documents where it frames none.
    """

    location: Vec3
    target: Vec3
    roll: float = 0.0
    focal_length: Annotated[float, Field(ge=8, le=300)] = 35.0  # mm
    sensor_width: Positive = 36.0  # mm, along the longer side
    shift: Vec2 = (0.0, 0.0)
    lens: Annotated[Lens, Field(exclude_if=PINHOLE.__eq__)] = PINHOLE
    subject: Annotated[int, Field(ge=0, exclude_if=(0).__eq__)] = 0


class View(Spec):
    """Camera candidates in order: the first that passes the checks before and after the render is the view."""

    candidates: Annotated[tuple[Camera, ...], Field(min_length=1)]


class SceneSpec(Spec):
    """Everything that decides the pixels of a scene but resolution, samples and device.

    As JSON it holds `models` and `materials` as tables, which objects and parts refer to by row; it reads both forms.
    """

    family: str
    seed: Annotated[int, Field(ge=0)]
    index: Annotated[SceneIndex, Field(ge=0)]
    attempt: Annotated[int, Field(ge=0)] = 0
    objects: Annotated[tuple[SceneObject, ...], Field(min_length=1)]
    setting: Setting | None = None  # where the objects that are a `Piece` stand
    world: World
    lamps: tuple[Lamp, ...] = ()
    views: Annotated[tuple[View, ...], Field(min_length=1)]
    physics: Physics | None = None
    haze: Haze | None = None  # in the image alone: truth sees through it
    exposure: float = 0.0  # stops, added to the automatic exposure
    min_categories: Annotated[int, Field(ge=1)] = 2  # a view that shows fewer is not worth rendering
    categories: tuple[Category, ...] = ()  # of its objects, those that the user declared
    min_things: Unit = 0.0  # share of a view that loose things (see `Category.is_loose`) must cover at least

    @property
    def taxonomy(self) -> Taxonomy:
        """Our categories and the user's that its objects are of."""
        return load_taxonomy(self.categories)

    def categories_wanted(self, camera: Camera) -> int:
        """How many categories a view of this camera must show at least."""
        return min(self.min_categories, SUBJECT_CATEGORIES) if camera.subject else self.min_categories

    @model_serializer(mode="wrap")
    def _with_tables(self, write: SerializerFunctionWrapHandler, info: SerializationInfo) -> dict[str, Any]:
        document = write(self)
        return tabled(document, [id(item.model) for item in self.objects]) if info.mode == "json" else document

    @model_validator(mode="before")
    @classmethod
    def _without_tables(cls, document: Any) -> Any:
        if not isinstance(document, dict) or "models" not in document:
            return document
        try:
            # A row that many objects share is validated once, and they share the instance.
            return inlined(document, Material.model_validate, ObjectSpec.model_validate)
        except (AttributeError, LookupError, TypeError, ValueError):
            return inlined(document)  # for an error that says where in the scene it is

    @model_validator(mode="after")
    def _references_exist(self) -> "SceneSpec":
        ids = {item.id for item in self.objects}
        names = [item.name for item in self.objects]
        if len(ids) < len(names) or len(set(names)) < len(names):
            raise ValueError("objects: ids and names must be unique")
        for item in self.objects:
            if item.supported_by and (item.supported_by not in ids or item.supported_by == item.id):
                raise ValueError(
                    f"objects: {item.name} is supported_by {item.supported_by}, which is no other object's id"
                )
        for camera in (camera for view in self.views for camera in view.candidates):
            if camera.subject and camera.subject not in ids:
                raise ValueError(f"views: a camera's subject is {camera.subject}, which is no object's id")
        return self

    @model_validator(mode="after")
    def _categories_fit(self) -> "SceneSpec":
        try:
            load_taxonomy(self.categories)
        except ValueError as error:
            raise ValueError("categories: one has the id or the name of another, or of a built-in one") from error
        return self

    @model_validator(mode="after")
    def _setting_is_there(self) -> "SceneSpec":
        pieces = [item.name for item in self.objects if isinstance(item.model.parts[0].shape, Piece)]
        if self.setting is None and (pieces or isinstance(self.world, OwnWorld)):
            raise ValueError(f"setting: there is none that {pieces[0] if pieces else 'the own world'} would be of")
        if self.physics and pieces:
            raise ValueError(f"physics: {pieces[0]} is a piece of a setting, which cannot move")
        return self
