"""Keypoints of a figure: COCO's seventeen, from its skeleton and its face."""

import numpy as np

from encode.formulas.keypoints import KEYPOINT_NAMES
from scenes.face.bones import EAR, EYE, EYEBALL, nose_tip
from scenes.face.specs import FaceTraits
from scenes.mesh import Floats
from scenes.model import ModelKeypoint
from scenes.people.axes import row
from scenes.people.head import head_placement
from scenes.people.outfit import TOPS, Outfit
from scenes.people.skeleton import Skeleton

__all__ = ["body_keypoints"]

# From a joint's centre to the skin, at most and seen from any side but along the limb, in shares of the stature.
_RADII = {"shoulder": 0.05, "elbow": 0.042, "wrist": 0.027, "hip": 0.1, "knee": 0.047, "ankle": 0.042}

# From a point of the face to what belongs to it: lids, lashes, the wings of the nose, the rim of the ear; metres, of a
# head of HEAD.
_FACE_RADII = {"nose": 0.012, "eye": 0.012, "ear": 0.008}

# What trousers are wider than the leg, metres, and what a boot is thicker than the ankle.
_LOOSE_TROUSERS, _BOOT = 0.02, 0.012
_FOLD = 0.012  # metres that folds add where a sleeve or a trouser leg bends


def body_keypoints(body: Skeleton, traits: FaceTraits, outfit: Outfit) -> tuple[ModelKeypoint, ...]:
    """The keypoints in the object's axes, metres, in COCO's order: joints' centres, and points of the face's skin."""
    points = _points(body, traits)
    return tuple(
        ModelKeypoint(name=name, at=row(points[name]), radius=round(_radius(body, outfit, name), 4))
        for name in KEYPOINT_NAMES
    )


def _points(body: Skeleton, traits: FaceTraits) -> dict[str, Floats]:
    head = head_placement(body)
    x, y, z = EYE
    points = {"nose": head.figure(np.array(nose_tip(traits)))}
    for which, name, side in ((0, "right", -1), (1, "left", 1)):
        leg, arm = body.legs[which], body.arms[which]
        points |= {
            f"{name}_eye": head.figure(np.array([side * x, y - EYEBALL, z])),
            f"{name}_ear": head.figure(np.array([side * EAR[0], *EAR[1:]])),
            f"{name}_shoulder": arm.shoulder,
            f"{name}_elbow": arm.elbow,
            f"{name}_wrist": arm.wrist,
            f"{name}_hip": leg.hip,
            f"{name}_knee": leg.knee,
            f"{name}_ankle": leg.ankle,
        }
    return points


def _radius(body: Skeleton, outfit: Outfit, name: str) -> float:
    joint = name.split("_")[-1]
    if joint in _FACE_RADII:
        return _FACE_RADII[joint] * head_placement(body).scale
    cut, build = TOPS[outfit.top], body.build
    cloth = {
        "shoulder": cut.ease,
        "elbow": cut.ease + _FOLD if cut.sleeve > 0.5 else 0.0,
        "wrist": cut.ease if cut.sleeve > 0.9 else 0.0,
        "hip": max(cut.ease, _LOOSE_TROUSERS) + cut.flare,
        "knee": _LOOSE_TROUSERS * outfit.width + _FOLD,
        "ankle": max(_LOOSE_TROUSERS * outfit.width, _BOOT),
    }
    return _RADII[joint] * build.stature * build.girth + cloth[joint]
