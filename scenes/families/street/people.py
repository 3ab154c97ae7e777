"""People in a street: on the pavements alone and in pairs, at crossings and bus stops, on benches."""

from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.catalog import finished
from scenes.families.street.parameters import StreetParameters
from scenes.families.street.placement import StreetLayout, standing
from scenes.families.street.plan import KERB, NEAR, StreetPlan
from scenes.families.street.rows import facing
from scenes.layout import Placement
from scenes.measure import size_of
from scenes.model import ObjectSpec
from scenes.people.colors import recolored
from scenes.people.person import make_person

__all__ = ["add_people"]

MODELS = 4  # distinct figures of a street besides those who sit; the others are copies in other colours
APART = 0.22  # metres between the boxes of two people, and of people and objects
_WAITING = ("stand", "phone", "pockets", "folded", "carry")
_SITTING = ("sit", "sit upright")


@dataclass
class _Figures:
    """The street's figures by pose, made at first use."""

    rng: np.random.Generator
    walking: list[ObjectSpec]
    waiting: list[ObjectSpec]
    used: int = 0

    def someone(self, *, walks: bool) -> ObjectSpec:
        """A figure that walks or stands: a new one up to a limit, then an earlier one in other colours."""
        known = self.walking if walks else self.waiting
        if self.used < MODELS and len(known) <= MODELS // 2 + walks:
            self.used += 1
            pose = "walk" if walks else draw.choice(self.rng, _WAITING, p=(0.3, 0.25, 0.2, 0.1, 0.15))
            known.append(finished(make_person(self.rng, pose)))
            return known[-1]
        if not known:
            known = self.waiting if walks else self.walking
        return recolored(self.rng, draw.choice(self.rng, known))


def add_people(rng: np.random.Generator, plan: StreetPlan, parameters: StreetParameters, layout: StreetLayout) -> None:
    """Add people: some of those who sit, wait and walk, at most as many as the parameters say."""
    if not parameters.people:
        return
    count = draw.integer(rng, parameters.people // 3, parameters.people + 1)
    figures = _Figures(rng, [], [])
    placements = _seated(rng, layout, max(1, count // 4))
    placements += _at_stops(rng, figures, plan, layout, count // 3)
    placements += _at_zebra(rng, figures, plan, layout, max(1, count // 3))
    for _ in range(3 * count):
        if len(placements) >= count:
            break
        placements += _strollers(rng, figures, plan, layout)
    for item in placements[: max(count, 1)]:
        layout.add(item)


def _seated(rng: np.random.Generator, layout: StreetLayout, most: int) -> list[Placement]:
    """On benches: hips a hand before the back rest, feet on the pavement."""
    placements: list[Placement] = []
    sitting: dict[float, ObjectSpec] = {}
    for bench in layout.placements:
        if bench.category != "park bench" or len(placements) >= most or draw.chance(rng, 0.35):
            continue
        seat = 0.465 if bench.model.material == "wood" else 0.475
        half = size_of(bench.model)[0] / 2 - 0.42
        if seat in sitting:
            model = recolored(rng, sitting[seat])
        else:
            figure = make_person(rng, draw.choice(rng, _SITTING), age="adult", seat=seat)
            model = sitting[seat] = finished(figure, center=False)
        along = draw.uniform(rng, -half, half)
        cosine, sine = float(np.cos(bench.yaw)), float(np.sin(bench.yaw))
        depth = 0.045
        x, y = bench.x + cosine * along - sine * depth, bench.y + sine * along + cosine * depth
        placements.append(standing(model, x, y, bench.z, bench.yaw, support=bench.support))
    return placements


def _at_stops(
    rng: np.random.Generator, figures: _Figures, plan: StreetPlan, layout: StreetLayout, most: int
) -> list[Placement]:
    """Waiting for the bus, before the shelter, looking at the road."""
    placements: list[Placement] = []
    for shelter in layout.placements:
        if shelter.category != "bus shelter":
            continue
        for _ in range(draw.integer(rng, 1, 4)):
            side = 1 if shelter.x > 0 else -1
            x = side * (abs(shelter.x) - draw.uniform(rng, 0.9, 1.3))
            person = _person(
                rng, figures, layout, x, shelter.y + draw.uniform(rng, -2.6, 2.6), facing(side), walks=False
            )
            if len(placements) < most and abs(x) > plan.kerb(side) + 0.35 and layout.claim_ground(person, APART):
                placements.append(person)
    return placements


def _at_zebra(
    rng: np.random.Generator, figures: _Figures, plan: StreetPlan, layout: StreetLayout, most: int
) -> list[Placement]:
    """Waiting at the kerb to cross, or crossing."""
    placements: list[Placement] = []
    for _ in range(draw.integer(rng, 0, most + 1)):
        side = draw.choice(rng, [-1, 1])
        y = plan.zebra + draw.uniform(rng, -1.2, 1.2)
        if draw.chance(rng, 0.5):
            x = side * (plan.kerb(side) + draw.uniform(rng, 0.4, 0.9))
            person = _person(rng, figures, layout, x, y, facing(side), walks=False)
        else:
            x = draw.uniform(rng, -plan.kerb(-1) + 0.6, plan.kerb(1) - 0.6)
            person = _person(rng, figures, layout, x, y, side * np.pi / 2, walks=True)
            person = layout.standing_on("road", person.model, x, y, 0.0, person.yaw)
        if layout.claim_ground(person, APART):
            placements.append(person)
    return placements


def _strollers(rng: np.random.Generator, figures: _Figures, plan: StreetPlan, layout: StreetLayout) -> list[Placement]:
    """One or two who walk along the pavement, or one who stands on it."""
    side = draw.choice(rng, [-1, 1])
    y = float(np.clip(draw.normal(rng, 8, 22), NEAR[0] + 2, NEAR[1] - 2))
    if plan.cross_half and abs(y - plan.cross) < plan.cross_half + 1.6:
        return []
    inner, outer = plan.kerb(side) + 0.55, plan.kerb(side) + plan.pavement - 0.65
    x = side * draw.uniform(rng, inner, outer)
    walks = draw.chance(rng, 0.75)
    ahead = draw.chance(rng, 0.5)
    yaw = np.pi if ahead else 0.0
    if not walks:
        yaw = facing(side) + draw.choice(rng, [0.0, np.pi]) + draw.normal(rng, 0, 0.5)
    placements = [_person(rng, figures, layout, x, y, yaw, walks=walks)]
    pair = x + draw.choice(rng, [-0.75, 0.75])
    if walks and draw.chance(rng, 0.35) and inner <= abs(pair) <= outer:
        placements.append(_person(rng, figures, layout, pair, y + draw.uniform(rng, -0.2, 0.2), yaw, walks=True))
    return [item for item in placements if layout.claim_ground(item, APART if item is placements[0] else 0.02)]


def _person(
    rng: np.random.Generator, figures: _Figures, layout: StreetLayout, x: float, y: float, yaw: float, *, walks: bool
) -> Placement:
    model = figures.someone(walks=walks)
    return layout.standing_on("pavement", model, x, y, KERB, yaw + draw.normal(rng, 0, 0.07))
