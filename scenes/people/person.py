"""A person: a build in a pose with clothes on, as one object."""

import numpy as np

from scenes import draw
from scenes.blob.specs import Blob, Limb
from scenes.craft.build import part
from scenes.craft.finishes import finish, tint
from scenes.face.specs import FacePiece, FaceTraits
from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.people import garments
from scenes.people.bags import backpack, hand_bag, phone
from scenes.people.build import Age, Build, sample_build
from scenes.people.colors import hair_color, skin_color
from scenes.people.expression import sample_actions
from scenes.people.hair import combed, hair_shape, sample_style
from scenes.people.hands import hand_parts, nail_material
from scenes.people.hats import hat_shapes
from scenes.people.head import face_parts, head_placement
from scenes.people.keypoints import body_keypoints
from scenes.people.outfit import OPEN, TOPS, ZIPPED, GarmentCut, Outfit, Role, sample_outfit
from scenes.people.pose import Pose
from scenes.people.poses import SEATED, sample_pose
from scenes.people.reach import Top
from scenes.people.shoes import shoe_parts
from scenes.people.skeleton import Skeleton, pose_skeleton
from scenes.shapes import Sweep

__all__ = ["CATEGORY", "clothed", "make_person"]

CATEGORY = "person"
LOOKING_DOWN = ("phone", "sit with phone", "counter", "sit at table")
SHOWN = 0.1  # metres of a skirt below the hem of what is worn over it
HEIGHTS = {"sneakers": (0.016, 0.012), "shoes": (0.008, 0.008), "boots": (0.055, 0.014)}


def make_person(
    rng: np.random.Generator,
    pose: str,
    *,
    age: Age | None = None,
    role: Role = "town",
    seat: float = 0.45,
    top: Top | None = None,
) -> ObjectSpec:
    """A person in a pose of `POSES`, dressed for a role, standing round z = 0 or sitting on a seat that high.

    top: what the hands lie on in the poses that have it; by default a table or a worktop of the usual height.
    """
    build = sample_build(rng, age)
    usual = Top(seat + 0.29, 0.3) if pose in SEATED else Top(0.9, 0.2)
    held = sample_pose(rng, build, pose, seat=seat, top=top or usual)
    return clothed(rng, build, held, role, name=pose)


def clothed(rng: np.random.Generator, build: Build, pose: Pose, role: Role, *, name: str = "") -> ObjectSpec:
    """A person of a build in a pose, dressed for a role, holding what the pose of this name needs."""
    seated = pose.seat > 0
    outfit = sample_outfit(rng, build, role, seated=seated)
    body = pose_skeleton(build, pose)
    skin = finish(rng, "skin", "skin", skin_color(rng))
    parts = _dressed(rng, body, outfit, skin)
    parts += _carried(rng, body, outfit, name, parts[0])
    head, traits = _head(rng, body, outfit, skin, looks_down=name in LOOKING_DOWN)
    return ObjectSpec(
        category=CATEGORY,
        parts=(*parts, *head),
        size="medium" if seated else "",
        keypoints=body_keypoints(body, traits, outfit),
    )


def _to_hand(arm: Limb) -> Limb:
    """A bare arm without its last ring, where the skin of the hand takes over."""
    return arm.model_copy(update={"rings": arm.rings[:-1]})


def _seed(rng: np.random.Generator) -> int:
    return draw.integer(rng, 2**31)


def _dressed(rng: np.random.Generator, body: Skeleton, outfit: Outfit, skin: Material) -> list[Part]:
    cut, opened = TOPS[outfit.top], outfit.top in OPEN
    # Rounded as the finished figure will be, so that what is laid on its skin and what is built share one mesh.
    shell = part(
        outfit.top, garments.top(body, cut, _seed(rng), opened=opened, covered=bool(outfit.extra)), outfit.cloth
    ).rounded()
    parts = [shell, *_fastened(rng, body, outfit, shell), *_below(rng, body, outfit, skin)]
    is_bare = cut.sleeve < 0.9
    if is_bare:
        parts.append(
            part("arms", Blob(members=tuple(_to_hand(arm) for arm in garments.arms_skin(body)), cell=0.02), skin)
        )
    nail = nail_material(rng, body.build, skin)
    parts += [made for which in (0, 1) for made in hand_parts(body, which, skin, nail, is_bare=is_bare)]
    if outfit.extra:
        parts += _high_vis(rng, body, cut)
    return parts


def _fastened(rng: np.random.Generator, body: Skeleton, outfit: Outfit, shell: Part) -> list[Part]:
    """Collar, hood, lapels, zip or buttons."""
    parts = []
    dark = outfit.cloth.model_copy(update={"color": tint(outfit.cloth.color, (0.03, 0.03, 0.03), 0.4)})
    if outfit.top in OPEN:
        parts.append(part("shirt front", garments.undershirt(body), outfit.under))
        names = ("right lapel", "left lapel")
        parts += [
            part(name, band, outfit.cloth) for name, band in zip(names, garments.lapels(body, shell), strict=True)
        ]
    if outfit.top in (*OPEN, *ZIPPED):
        band = garments.collar(body, height=0.01, ease=0.003 if outfit.top in OPEN else 0.008)
        material = outfit.under if outfit.top in OPEN else outfit.cloth
        parts.append(part("collar", Blob(members=(band,), cell=0.012), material))
    if outfit.top == "hoodie" or (outfit.top == "jacket" and draw.chance(rng, 0.4)):
        parts.append(part("hood", garments.hood(body, _seed(rng)), outfit.cloth))
    if outfit.top in (*OPEN, *ZIPPED):
        low = -body.build.pelvis - TOPS[outfit.top].drop * body.build.stature * (not body.seated) + 0.01
        high = (0.36 if outfit.top in OPEN else 1.12) * body.build.chest
        closed: Blob | Sweep | None
        if outfit.top == "shirt":
            closed = garments.buttons(body, shell, low=0.03 if body.seated else low + 0.03, high=high)
        else:
            closed = garments.front_line(body, shell, radius=0.0024, low=low, high=high)
        if closed:
            parts.append(part("front", closed, dark))
    return parts


def _below(rng: np.random.Generator, body: Skeleton, outfit: Outfit, skin: Material) -> list[Part]:
    height, parts = body.build.stature, []
    shaft, thickness = HEIGHTS[outfit.shoes]
    if outfit.legs in ("skirt", "dress"):
        drop = TOPS[outfit.top].drop * height
        length = max(draw.uniform(rng, 0.12, 0.26) * height, drop + SHOWN)
        parts.append(
            part(
                "skirt",
                garments.skirt(
                    body,
                    length=length,
                    flare=draw.uniform(rng, 0.01, 0.06),
                    ease=0.012,
                    drop=drop,
                    seed=_seed(rng),
                    fabric=outfit.bottom_fabric,
                ),
                outfit.bottom,
            )
        )
    else:
        end = 0.47 if outfit.legs == "shorts" else 1.0
        hem = (0.034 + 0.022 * outfit.width) * height if outfit.legs != "shorts" else 0.056 * height
        drop = TOPS[outfit.top].drop * height
        ease = 0.006 + 0.014 * outfit.width
        parts.append(
            part(
                outfit.legs,
                garments.trousers(
                    body, ease=ease, hem=hem, end=end, drop=drop, fabric=outfit.bottom_fabric, seed=_seed(rng)
                ),
                outfit.bottom,
            )
        )
    if outfit.legs in ("skirt", "dress", "shorts"):
        tights = outfit.bottom if outfit.legs != "shorts" and draw.chance(rng, 0.3) else skin
        parts.append(part("legs", Blob(members=tuple(garments.legs_skin(body)), cell=0.022), tights))
    for which in (0, 1):
        parts += shoe_parts(body, which, outfit.leather, outfit.sole, shaft=shaft, thickness=thickness)
    return parts


def _head(
    rng: np.random.Generator, body: Skeleton, outfit: Outfit, skin: Material, *, looks_down: bool
) -> tuple[list[Part], FaceTraits]:
    build, placement = body.build, head_placement(body)
    own = draw.stream(skin.seed, "face")
    material = finish(rng, "hair", "hair", hair_color(rng, skin.color, old=build.age == "old"))
    actions = sample_actions(own, looks_down=looks_down)
    parts, traits = face_parts(rng, own, body, actions, skin, material)
    face = parts[0].shape
    assert isinstance(face, FacePiece)
    shape = hair_shape(rng, sample_style(rng, build), face, build, under_hat=bool(outfit.hat))
    if shape:
        parts.append(placement.part("hair", shape, combed(material, shape)))
    for name, hat in hat_shapes(rng, outfit.hat) if outfit.hat else []:
        parts.append(placement.part(name, hat, outfit.hat_material))
    return parts, traits


def _carried(rng: np.random.Generator, body: Skeleton, outfit: Outfit, pose: str, shell: Part) -> list[Part]:
    if pose.endswith("phone"):
        return phone(rng, body, 0)
    if outfit.bag == "backpack" and not body.seated and outfit.top != "coat":
        return backpack(body, shell, outfit.bag_material, draw.uniform(rng, 0.85, 1.15))
    if outfit.bag == "backpack" or outfit.extra:
        return []
    if pose == "carry" or (outfit.bag in ("tote", "handbag") and pose == "stand"):
        return hand_bag(rng, body, 0, "handbag" if outfit.bag == "handbag" else "tote", outfit.bag_material)
    return []


def _high_vis(rng: np.random.Generator, body: Skeleton, cut: GarmentCut) -> list[Part]:
    color = (0.78, 0.9, 0.1) if draw.chance(rng, 0.6) else (0.98, 0.42, 0.06)
    yellow = finish(rng, "cloth", "fabric", color, roughness=0.8)
    silver = finish(rng, "matte_plastic", "tape", (0.75, 0.76, 0.76), roughness=0.35)
    bands = [
        part(name, garments.tape(body, cut, share * body.build.chest), silver)
        for name, share in (("upper tape", 0.5), ("lower tape", 0.02))
    ]
    return [part("vest", garments.vest(body, cut, _seed(rng)), yellow), *bands]
