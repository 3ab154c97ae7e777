"""How fabrics fold: stiff ones in few sharp folds, soft ones in many round ones, heavy ones in few wide ones."""

from dataclasses import dataclass

__all__ = ["FABRICS", "Fabric"]


@dataclass(frozen=True)
class Fabric:
    """Folds of a fabric: half their width and the height of the deepest, metres; how sharp; how many, 1 is usual.

    creases: depth of fine creases by noise, metres; hem: thickness of what is turned up and sewn, metres.
    """

    width: float
    depth: float
    crisp: float
    many: float
    creases: float
    hem: float


FABRICS = {
    "jersey": Fabric(0.0165, 0.043, 0.3, 1.0, 0.0016, 0.0022),
    "shirting": Fabric(0.015, 0.043, 0.75, 1.2, 0.0016, 0.002),
    "knit": Fabric(0.023, 0.045, 0.0, 0.75, 0.0014, 0.004),
    "fleece": Fabric(0.023, 0.055, 0.15, 0.85, 0.0014, 0.0042),
    "shell": Fabric(0.018, 0.053, 0.8, 1.1, 0.002, 0.0035),
    "suiting": Fabric(0.022, 0.035, 0.35, 0.7, 0.001, 0.003),
    "overcoat": Fabric(0.03, 0.053, 0.1, 0.8, 0.001, 0.0045),
    "denim": Fabric(0.0155, 0.05, 1.0, 0.85, 0.0014, 0.0038),
    "twill": Fabric(0.0175, 0.045, 0.6, 0.9, 0.0014, 0.0028),
}
