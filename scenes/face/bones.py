"""The neutral head under the skin's finer relief, as balls and limbs that blend: skull, jaw, cheekbones, nose, neck.

Coordinates are those of a head 0.2275 m high from chin to crown, its origin between the ears, facing -y.
"""

from scenes.base import Vec3
from scenes.blob.specs import Ball, Limb, Ring
from scenes.face.specs import FaceTraits

__all__ = ["EAR", "EYE", "EYEBALL", "NOSE_HEIGHT", "cranium", "ear_members", "head_members", "nose_tip"]

EYE = (0.0315, -0.0745, 0.004)  # the middle of the left one
EYEBALL = 0.0122
NOSE_HEIGHT, _NOSE_BALL = -0.0300, 0.0098  # z and radius of the tip of the nose
_EAR = (0.0755, 0.016, -0.006)  # the middle of the left one
EAR = (_EAR[0] + 0.006, *_EAR[1:])  # its outermost point


def nose_tip(traits: FaceTraits) -> Vec3:
    """The foremost point of the nose."""
    return (0.0, _nose_front(traits) - _NOSE_BALL, NOSE_HEIGHT)


def _nose_front(traits: FaceTraits) -> float:
    """Where along y the ball of the nose has its middle."""
    return -0.0950 - 0.0125 * traits.nose


def head_members(traits: FaceTraits, neck: tuple[Ring, ...]) -> tuple[Ball | Limb, ...]:
    """All of the head but ears, lips and lids."""
    return (*_skull(traits), *_sockets(traits), *_nose(traits), Limb(rings=neck, blend=0.022))


def cranium(lift: float = 0.0) -> tuple[Ball, Ball]:
    """The skull above the eyes, the same for all, or what lies `lift` metres over it."""
    return (
        Ball(center=(0, 0.018, 0.033), radii=(0.073 + lift, 0.094 + lift, 0.080 + lift)),
        Ball(center=(0, -0.033, 0.032), radii=(0.060 + lift, 0.053 + lift, 0.055 + lift), blend=0.03),
    )


def _skull(traits: FaceTraits) -> list[Ball | Limb]:
    full, jaw, length = traits.full, traits.jaw, traits.length
    return [
        *cranium(),
        Limb(
            rings=(
                (0, -0.028, 0.02, 0.060, 0.054),
                (0, -0.034, -0.035, 0.055 * full, 0.050),
                (0, -0.040, -0.066 * length, 0.048 * full * jaw**0.5, 0.044),
                (0, -0.046, -0.088 * length, 0.031 * jaw, 0.036),
            ),
            cap=0.7,
            blend=0.03,
        ),
        Ball(center=(0, -0.0735, -0.0965 * length), radii=(0.0175 * jaw, 0.0165, 0.0135), blend=0.03),
        Ball(center=(0, -0.0775, -0.059), radii=(0.029, 0.0165, 0.019), blend=0.024),
        *_pair((0.043 * full * jaw**0.5, -0.010, -0.054), (0.012, 0.022, 0.024), 0.04),
        _jaw_edge(full * jaw**0.5, length),
        *_pair((0.0455, -0.057, -0.017), (0.018 * traits.cheek, 0.018 * traits.cheek, 0.014), 0.025),
        *_pair((0.030 * full, -0.074, -0.037), (0.014, 0.011 * full, 0.018), 0.022),
    ]


def _jaw_edge(width: float, length: float) -> Limb:
    """The lower edge of the jaw, from angle to chin to angle."""
    half = ((0.049 * width, -0.004, -0.056), (0.039 * width, -0.044, -0.081 * length), (0.0, -0.077, -0.1 * length))
    points = (*half, *((-x, y, z) for x, y, z in half[1::-1]))
    return Limb(rings=tuple((*point, 0.0095, 0.0095) for point in points), blend=0.018)


def _sockets(traits: FaceTraits) -> list[Ball | Limb]:
    ridge = 0.0055 + 0.003 * traits.brow
    brow = Limb(
        rings=(
            (-0.046, -0.071, 0.020, ridge, ridge),
            (0, -0.088, 0.018, ridge, ridge),
            (0.046, -0.071, 0.020, ridge, ridge),
        ),
        blend=0.02,
    )
    hollows = _pair((0.0300, -0.098, 0.0025), (0.0175, 0.0175, 0.0115), 0.014)
    return [brow, *(ball.model_copy(update={"carve": True}) for ball in hollows)]


def _nose(traits: FaceTraits) -> list[Ball | Limb]:
    wide, tip = traits.nose_width, _nose_front(traits)
    ball = _NOSE_BALL * (0.5 + 0.5 * wide)
    return [
        Limb(
            rings=(
                (0, -0.0820, 0.012, 0.0068, 0.0070),
                (0, -0.084 + 0.52 * (tip + 0.084), -0.012, 0.0064, 0.0075),
                (0, tip, NOSE_HEIGHT, ball, _NOSE_BALL),
            ),
            blend=0.012,
        ),
        *_pair((0.0112 * wide, -0.0935, -0.0345), (0.0062 * wide, 0.0105, 0.0068), 0.007),
        Limb(rings=((0, -0.090, -0.0415, 0.0042, 0.004), (0, tip + 0.001, -0.0345, 0.005, 0.005)), blend=0.008),
    ]


def ear_members() -> tuple[Ball | Limb, ...]:
    """The left ear: a thin shell, its rim and lobe, and the hollow before it."""
    x, y, z = _EAR
    rim = ((-0.001, -0.011, -0.002), (0.002, -0.011, 0.017), (0.005, -0.001, 0.0265), (0.0075, 0.0115, 0.020),
           (0.0075, 0.0135, 0.004), (0.003, 0.005, -0.0165))  # fmt: skip
    rings: tuple[Ring, ...] = tuple((x + a, y + b, z + c, 0.0034, 0.0034) for a, b, c in rim)
    return (
        Ball(center=(x - 0.008, y - 0.004, z + 0.001), radii=(0.011, 0.0095, 0.0175), turn=(0.2, 0.0, -0.3)),
        Ball(center=(x, y, z + 0.003), radii=(0.0055, 0.0125, 0.0225), turn=(0.2, 0.0, -0.42), blend=0.006),
        Limb(rings=rings, blend=0.002),
        Ball(center=(x, y, z - 0.0205), radii=(0.0046, 0.0062, 0.0085), turn=(0.15, 0.0, -0.3), blend=0.006),
        Ball(
            center=(x + 0.0082, y - 0.002, z - 0.001),
            radii=(0.0046, 0.0060, 0.0110),
            turn=(0.2, 0.0, -0.4),
            blend=0.003,
            carve=True,
        ),
        Ball(center=(x + 0.001, y - 0.0115, z - 0.006), radii=(0.0038, 0.004, 0.006), blend=0.003),
    )


def _pair(center: Vec3, radii: Vec3, blend: float) -> list[Ball]:
    """A ball on the left and its mirror image."""
    x, y, z = center
    return [Ball(center=(side * x, y, z), radii=radii, blend=blend) for side in (1, -1)]
