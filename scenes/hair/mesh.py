"""The mesh of a head's hair: shell, locks, and the knot or tail that some styles have."""

from scenes.blob.nets import blob_mesh
from scenes.blob.specs import Ball, Blob, Limb
from scenes.hair.locks import lock_meshes
from scenes.hair.shell import hair_shell
from scenes.hair.specs import HairPiece
from scenes.mesh import Mesh, joined

__all__ = ["hair_mesh"]

_CELL = 0.0115


def hair_mesh(shape: HairPiece) -> Mesh:
    """All hair of a head, closed, in the head's own coordinates."""
    shell = hair_shell(shape)
    return joined([shell.mesh(), *lock_meshes(shape, shell), *_knot(shape)])


def _knot(shape: HairPiece) -> list[Mesh]:
    """The bun, or the tail with its band."""
    low = 0.05 if shape.hat else 0.0
    match shape.style:
        case "bun":
            height = min(shape.end, 0.0) - 0.012 if shape.hat else shape.end
            back = 0.122 - 0.5 * max(height - 0.04, 0)
            members: tuple[Ball | Limb, ...] = (Ball(center=(0, back, height), radii=(0.036, 0.030, 0.034)),)
        case "ponytail":
            members = (
                Limb(
                    rings=(
                        (0, 0.100, 0.048 - low, 0.017, 0.017),
                        (0, 0.124, 0.047 - low, 0.0145, 0.0145),
                        (0, 0.146, 0.030 - low, 0.023, 0.021),
                        (0, 0.150, -0.045 - 0.7 * low, 0.029, 0.022),
                        (0, 0.136, -0.125 - 0.5 * low, 0.010, 0.010),
                    ),
                    cap=0.8,
                ),
            )
        case _:
            return []
    return [blob_mesh(Blob(members=members, cell=_CELL, folds=0.004, fold=0.03, seed=shape.seed))]
