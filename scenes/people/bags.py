"""What people carry: on the back, over the arm, in the hand."""

import numpy as np

from encode.formulas.rotation import euler_angles
from scenes import draw
from scenes.blob.specs import Blob, Limb
from scenes.craft.build import part, slab, tube
from scenes.craft.finishes import finish
from scenes.material import Material
from scenes.measure import part_mesh
from scenes.mesh import Floats
from scenes.model import Part
from scenes.people.axes import bent, facing, row
from scenes.people.hands import HANDLE, PHONE, in_hand
from scenes.people.skeleton import SIDES, Skeleton
from scenes.shapes import Box

__all__ = ["backpack", "hand_bag", "phone"]

LEAN = 0.6  # radians between the fingers and a phone's long side


def backpack(body: Skeleton, shell: Part, material: Material, big: float) -> list[Part]:
    """A pack on the back of the garment `shell`, with straps over the shoulders."""
    own = (part_mesh(shell).vertices - body.waist) @ body.chest
    build = body.build
    middle = own[(np.abs(own[:, 0]) < 0.08) & (own[:, 2] > 0.1 * build.chest) & (own[:, 2] < 0.95 * build.chest)]
    back = float(middle[:, 1].max()) - 0.012
    depth, width = 0.075 * big, 0.135 * big * (build.stature / 1.72) ** 0.5
    heights = np.array([0.02, 0.12, 0.5, 0.85, 1.02]) * (build.chest + 0.01)
    swell = np.array([0.8, 1.08, 1.0, 0.88, 0.6])

    def at(x: float, y: float, z: float) -> Floats:
        return np.asarray(body.waist + body.chest @ np.array([x, y, z]))

    rings = tuple(
        (*row(at(0, back + depth * s, z)), width * (0.86 + 0.14 * s), depth * s)
        for z, s in zip(heights, swell, strict=True)
    )
    pocket = tuple(
        (*row(at(0, back + depth * 1.75, z)), 0.72 * width, 0.4 * depth)
        for z in heights[1] + np.array([0.0, 0.06, 0.15])
    )
    side = row(body.chest[:, 0])
    pack = Blob(
        members=(Limb(rings=rings, side=side, cap=0.5), Limb(rings=pocket, side=side, cap=0.5, blend=0.01)),
        cell=0.0165,
        folds=0.005,
        fold=0.08,
        seed=build_seed(body),
    )
    parts = [part("backpack", pack, material)]
    for name, s in (("right strap", -1), ("left strap", 1)):
        path = []
        for angle in np.linspace(0.1, 2.75, 8):
            x = s * build.stature * (0.052 + 0.012 * np.cos(angle))
            z = build.chest * (0.62 + 0.42 * np.sin(angle)) + (0.02 if 0.6 < angle < 2.4 else 0.0)
            near = own[(np.abs(own[:, 0] - x) < 0.025) & (np.abs(own[:, 2] - z) < 0.03)]
            forth = np.cos(angle)
            if len(near):
                y = (
                    float(near[:, 1].max())
                    if forth > 0.35
                    else float(near[:, 1].min())
                    if forth < -0.35
                    else float(np.median(near[:, 1]))
                )
                z = max(z, float(near[:, 2].max()) - 0.004) if abs(forth) <= 0.35 else z
            else:
                y = 0.05 * forth
            path.append(row(at(x, y + 0.004 * np.sign(forth), z)))
        path += [row(at(*point)) for point in _under_arm(own, s, build.stature, build.chest)]
        parts.append(part(name, tube(np.array(path), 0.017, aspect=0.35, count=34, segments=8), material))
    return parts


def _under_arm(own: Floats, side: int, stature: float, chest: float) -> list[Floats]:
    """A strap's way from the breast under the arm to the foot of the pack, on the garment's vertices `own` [v, 3].

    side: -1 right, 1 left. Both are in the chest's axes from the waist, metres.
    """
    trunk = own[np.abs(own[:, 0]) < 0.12 * stature]  # without the sleeves
    points = []
    for across, height, forth in ((0.066, 0.52, -1), (0.08, 0.36, -1), (1.0, 0.25, 0), (0.075, 0.14, 1)):
        z = height * chest
        level = trunk[np.abs(trunk[:, 2] - z) < 0.03]
        if forth:
            x = side * across * stature
            near = level[np.abs(level[:, 0] - x) < 0.03]
            y = (near[:, 1].max() if forth > 0 else near[:, 1].min()) if len(near) else 0.07 * forth
            points.append(np.array([x, float(y) + 0.004 * forth, z]))
        else:
            wide = float(np.abs(level[:, 0]).max()) if len(level) else 0.09 * stature
            points.append(np.array([side * (wide + 0.004), float(np.median(level[:, 1])) if len(level) else 0.0, z]))
    return points


def build_seed(body: Skeleton) -> int:
    return int(1e6 * body.build.stature) % 100_000


def hand_bag(rng: np.random.Generator, body: Skeleton, which: int, kind: str, material: Material) -> list[Part]:
    """A bag that hangs from the hand, upright in every pose of the arm."""
    grip = in_hand(body, which, HANDLE)
    small = min(1.0, float(grip[2]) / 0.75)
    length, height, depth = (0.3, 0.2, 0.11) if kind == "handbag" else (0.34, 0.36, 0.1)
    length, height, depth = (float(value * small * draw.uniform(rng, 0.85, 1.1)) for value in (length, height, depth))
    drop = min(0.13 if kind == "handbag" else 0.16, float(grip[2]) - height - 0.06)
    across = body.pelvis[:, 0]
    rotation = facing(np.array([0.0, 0.0, -1.0]), across)
    base = grip - np.array([0.0, 0.0, drop + height])
    rings = tuple(
        (0.0, 0.0, float(z), float(length / 2 * s), float(depth / 2 * t))
        for z, s, t in ((0.004, 0.92, 0.85), (0.2 * height, 1.0, 1.0), (0.7 * height, 0.96, 0.8), (height, 0.9, 0.42))
    )
    name = ("right", "left")[which]
    body_part = part(
        f"{name} bag",
        Blob(members=(Limb(rings=rings, cap=0.12),), cell=0.016, folds=0.004, fold=0.09),
        material,
        at=row(base),
        rotation=euler_angles(rotation),
    )
    loop = np.array(
        [
            (-0.28 * length, 0, height - 0.02),
            (-0.25 * length, 0, height + 0.55 * drop),
            (-0.13 * length, 0, height + drop - 0.002),
            (0, 0, height + drop),
            (0.13 * length, 0, height + drop - 0.002),
            (0.25 * length, 0, height + 0.55 * drop),
            (0.28 * length, 0, height - 0.02),
        ]
    )
    return [
        body_part,
        part(
            f"{name} handle",
            tube(loop, 0.006, count=20, segments=8),
            material,
            at=row(base),
            rotation=euler_angles(rotation),
        ),
    ]


def phone(rng: np.random.Generator, body: Skeleton, which: int) -> list[Part]:
    """A phone in the palm, its screen toward the face."""
    arm = body.arms[which]
    at = in_hand(body, which, PHONE)
    gray = draw.choice(rng, [0.04, 0.06, 0.7])
    case = finish(rng, "plastic", "plastic", (gray, gray, gray))
    screen = finish(rng, "emission", "screen", (0.75, 0.82, 0.95), strength=1.2)
    rotation = arm.hand @ bent(0.0, -SIDES[which] * LEAN)
    top = at + rotation @ np.array([0.0, -0.0088, 0.004])
    return [
        part(
            "phone",
            slab(0.072, 0.009, 0.15, corner=0.003, edge=0.0015),
            case,
            at=row(at - rotation @ np.array([0, 0, 0.075])),
            rotation=euler_angles(rotation),
        ),
        part(
            "screen",
            Box(size=(0.064, 0.0012, 0.136)),
            screen,
            at=row(top - rotation @ np.array([0, -0.004, 0.072])),
            rotation=euler_angles(rotation),
        ),
    ]
