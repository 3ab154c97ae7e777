"""Which neighbouring pixels an occlusion edge runs between, and which of the two is in front.

The definition, for two neighbouring pixel centres p and q in a row or a column. Inverse depth w = 1/Z is an affine
function of the ray (x/Z, y/Z) on every plane, and without a lens of pixel position, so each surface is continued over
one pixel exactly, at whatever slant:

    w'(q) = w(p) + step(p)    the surface at p, continued to q
    w'(p) = w(q) + step(q)    the surface at q, continued to p

p occludes q where p's surface is in front of q's at both centres, by more than `LEAST_GAP` of the farther depth:

    w(q) < (1 - LEAST_GAP) w'(q)    and    w'(p) < (1 - LEAST_GAP) w(p)

At a crease, or where two objects touch, the surfaces cross between p and q: each is in front at one centre, so this
is no edge, whatever the angle. A surface seen at a grazing angle continues into itself. Pixels without a surface have
w = 0: everything in front of the sky that does not run out to the horizon occludes it.

The step of a surface is measured by depth alone where depth can tell: from p's neighbour on the far side of q to p, if
both are of one object and no edge runs between them. Shading normals are not used there, since bump and interpolation
bend them. A lens bends and spreads the rays of a row: by how much the next step of a plane differs from the last one is
taken from the tangent plane, and it is a small part of the step. A round surface falls off ever faster to its limb,
where such a step is too large: the smaller of it and the step before it counts. Where the surface is one pixel wide,
its tangent plane by the normal gives the step.

Edges whose near pixels form groups of under `LEAST_GROUP` pixels (8-connected) are left out: blades of grass.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float32, Float64, Int8, UInt32

from encode.frame import Frame
from encode.frame_cache import cached_per_frame
from encode.lazy_import import import_lazily

__all__ = ["LEAST_GAP", "LEAST_GROUP", "Occlusions", "occlusions"]

#: Least gap between two surfaces, as a share of the farther depth: 2 cm at 1 m.
LEAST_GAP = 0.02

#: Least number of near pixels of an edge.
LEAST_GROUP = 8

# A tangent plane by the normal is taken at most this steep, as a share of inverse depth a pixel.
_STEEPEST = 0.5

# Rays whose steps differ by no more have no lens.
_EVEN = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Occlusions:
    """Which pixel of each two neighbours occludes the other, those in a row and those in a column.

    1 where the left (upper) pixel occludes the right (lower) one, -1 where the latter occludes the former, else 0.
    """

    across: Int8[np.ndarray, "h w_1"]
    down: Int8[np.ndarray, "h_1 w"]


@dataclass(frozen=True, slots=True, eq=False)
class _Tangent:
    """How inverse depth changes along a row on the plane through each pixel's point by its normal.

    steps: to the next pixel; 0 in the last column, and without a surface. changes: by how much that step is larger than
    those to the pixel from the one before it, and to that one from the one before; None where all steps are equal.
    """

    steps: Float64[np.ndarray, "h w"]
    changes: tuple[Float64[np.ndarray, "h w"], Float64[np.ndarray, "h w"]] | None

    @classmethod
    def of(
        cls,
        inverse: Float64[np.ndarray, "h w"],
        normal: Float64[np.ndarray, "h w 3"],
        rays: Float64[np.ndarray, "h w 3"],
    ) -> "_Tangent":
        """The planes of a row's pixels; rays: of planar depth 1."""
        facing = np.einsum("hwc,hwc->hw", normal, rays)
        onward = np.zeros_like(rays)
        onward[:, :-1] = np.diff(rays, axis=1)

        def along(move: Float64[np.ndarray, "h w 3"]) -> Float64[np.ndarray, "h w"]:
            change = np.einsum("hwc,hwc->hw", normal, move)
            share = np.divide(change, facing, out=np.zeros_like(inverse), where=facing < 0)
            return np.asarray(np.clip(share, -_STEEPEST, _STEEPEST) * inverse)

        if np.allclose(onward[:, :-1], onward[:, :1], rtol=0, atol=_EVEN):
            return cls(along(onward), None)
        bends = np.zeros_like(rays), np.zeros_like(rays)
        for distance, bend in enumerate(bends, start=1):
            bend[:, distance:-1] = onward[:, distance:-1] - onward[:, : -1 - distance]
        return cls(along(onward), (along(bends[0]), along(bends[1])))


@cached_per_frame
def occlusions(frame: Frame) -> Occlusions:
    """Return the occlusion edges of a frame, by its depth, normals and instances."""
    truth, rays = frame.truth, frame.rays()
    inverse = _inverse_depth(truth.depth)
    across = _along_rows(inverse, truth.instance, truth.normal.astype(np.float64), rays)
    swapped = (a.swapaxes(0, 1) for a in (inverse, truth.instance, truth.normal.astype(np.float64), rays))
    return _without_specks(Occlusions(across, _along_rows(*swapped).T))


def _without_specks(found: Occlusions) -> Occlusions:
    near = np.zeros((len(found.across), found.down.shape[1]), bool)
    near[:, :-1] |= found.across > 0
    near[:, 1:] |= found.across < 0
    near[:-1] |= found.down > 0
    near[1:] |= found.down < 0
    groups, _ = import_lazily("scipy.ndimage").label(near, np.ones((3, 3)))
    kept = (np.bincount(groups.ravel()) >= LEAST_GROUP)[groups]
    return Occlusions(
        found.across * np.where(found.across > 0, kept[:, :-1], kept[:, 1:]),
        found.down * np.where(found.down > 0, kept[:-1], kept[1:]),
    )


def _inverse_depth(depth: Float32[np.ndarray, "h w"]) -> Float64[np.ndarray, "h w"]:
    with np.errstate(divide="ignore"):
        return np.where(depth > 0, 1 / depth.astype(np.float64), 0.0)


def _along_rows(
    inverse: Float64[np.ndarray, "h w"],
    instance: UInt32[np.ndarray, "h w"],
    normal: Float64[np.ndarray, "h w 3"],
    rays: Float64[np.ndarray, "h w 3"],
) -> Int8[np.ndarray, "h w_1"]:
    """The edges between each pixel and the next one of its row.

    Twice: first steps are measured wherever both pixels are of one object, then not across the edges that were found.
    """
    planes = tuple(_Tangent.of(*(a[:, ::turn] for a in (inverse, normal, rays))) for turn in (1, -1))
    same = instance[:, 1:] == instance[:, :-1]
    edges = _edges(inverse, same, planes)
    return _edges(inverse, same & (edges == 0), planes)


def _edges(
    inverse: Float64[np.ndarray, "h w"],
    joined: Bool[np.ndarray, "h w_1"],
    planes: Sequence[_Tangent],
) -> Int8[np.ndarray, "h w_1"]:
    onward = (inverse + _steps(inverse, joined, planes[0]))[:, :-1]  # each pixel continued to the next one
    back = (inverse + _steps(inverse[:, ::-1], joined[:, ::-1], planes[1])[:, ::-1])[:, 1:]
    left, right = inverse[:, :-1], inverse[:, 1:]
    first = _in_front(left, back) & _in_front(onward, right)
    second = _in_front(right, onward) & _in_front(back, left)
    edges: Int8[np.ndarray, "h w_1"] = first.astype(np.int8) - second.astype(np.int8)
    return edges


def _in_front(near: Float64[np.ndarray, "h w"], far: Float64[np.ndarray, "h w"]) -> Bool[np.ndarray, "h w"]:
    front: Bool[np.ndarray, "h w"] = far < (1 - LEAST_GAP) * near
    return front


def _steps(
    inverse: Float64[np.ndarray, "h w"], joined: Bool[np.ndarray, "h w_1"], plane: _Tangent
) -> Float64[np.ndarray, "h w"]:
    """How much the inverse depth of each pixel's surface changes to the next pixel of the row.

    joined: whether each pixel and the next one show one surface.
    """
    step = np.diff(inverse, axis=1)
    last, before = step, step[:, :-1]
    if plane.changes is not None:
        last, before = last + plane.changes[0][:, 1:], before + plane.changes[1][:, 2:]
    steps = plane.steps.copy()
    steps[:, 1:] = np.where(joined, last, steps[:, 1:])
    milder = joined[:, 1:] & joined[:, :-1] & (np.abs(before) < np.abs(last[:, 1:]))
    steps[:, 2:] = np.where(milder, before, steps[:, 2:])
    return steps
