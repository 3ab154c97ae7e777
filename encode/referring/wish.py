"""What a referring prompt should ask for where the frame allows it: a target of some size, among others of its class.

RefCOCOg was collected on images with two to four objects of one class, each with a box over 5 % of the image (Mao et
al., "Generation and Comprehension of Unambiguous Object Descriptions", CVPR 2016): naming the class is not enough.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np

from encode.formulas.indices import ObjectId
from encode.referring.language import Expression, Node, Objects
from encode.referring.visible import VisibleObject
from encode.shares import PairShares

__all__ = ["ANYTHING", "FULL_GRADE", "Wish", "draw_wish", "head_of", "names_group"]

# Ends of the areas, shares of the image, of which the least that a target should have is drawn, log-uniformly.
_LEAST_AREAS = (0.03, 0.2)

# Share of its class's visible pixels that a target among others may have at most.
_MOST_ALONE = 0.6


@dataclass(frozen=True, slots=True)
class Wish:
    """What the targets of a prompt should be.

    least_area: share of the image. most_alone: the greatest share that they may have of the visible pixels of their
    classes; 1 where it does not matter.
    """

    least_area: float = 0.0
    most_alone: float = 1.0

    def weight(self, obj: VisibleObject, objects: Sequence[VisibleObject]) -> float:
        """How often to draw an object as a target, in relation to others."""
        kin = sum(other.area for other in objects if other.record.category == obj.record.category)
        alone = 1.0 if obj.area <= self.most_alone * kin else 0.1
        return alone * (min(1.0, obj.area / self.least_area) if self.least_area else 1.0)

    def grade(
        self, expression: Expression, targets: Sequence[Set[ObjectId]], objects: Sequence[VisibleObject]
    ) -> float:
        """How well the targets fit, 0 to 2; 2 where they are all that is wished for."""
        area = sum(obj.area for obj in objects if any(obj.id in ids for ids in targets))
        heads = {head_of(target.of) for target in expression.targets}
        named = sum(obj.area for obj in objects if obj.record.category in heads or "" in heads)
        large = min(1.0, area / self.least_area) if self.least_area else 1.0
        return large + (area <= self.most_alone * named)


#: Of targets that are all that is wished for.
FULL_GRADE = 2.0

#: A wish that every target fits.
ANYTHING = Wish()


def draw_wish(rng: np.random.Generator, shares: PairShares) -> Wish:
    """Draw what a prompt should ask for."""
    least, most = _LEAST_AREAS
    area, small, lone = (float(value) for value in rng.random(3))
    return Wish(
        0.0 if small < shares.small_share else least * (most / least) ** area,
        1.0 if lone < shares.lone_share else _MOST_ALONE,
    )


def names_group(node: Node) -> bool:
    """Whether a description is a group noun, which names all that it picks."""
    return isinstance(node, Objects) and bool(node.group)


def head_of(node: Node) -> str:
    """The category that a description names first, "" for any object: "the mug" of "the mug on the table"."""
    while not isinstance(node, Objects):
        node = node.of
    return node.category
