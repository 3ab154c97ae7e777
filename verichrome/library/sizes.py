"""Whether objects have sizes of their category: others are in another unit, or labelled wrongly."""

from statistics import median

from scenes.settings import SettingFixture, SurveyedSetting
from scenes.taxonomy import Category, Taxonomy

__all__ = ["misfit", "misfits", "unit_problem"]

#: An object of a setting is odd if it is so many times smaller or larger than its category's sizes.
ODD = 2.5
#: A setting is in another unit where half of its objects are so many times too large or too small, as with centimetres.
OTHER_UNIT = 20.0
FEWEST = 3  # objects that are needed to judge the unit


def misfit(category: Category, largest: float, tolerance: float) -> str:
    """`3 m large, and a chair is 0.76 to 1.05 m` where the largest side is off by more than the factor; else ""."""
    if 1 / tolerance <= _times(category, largest) <= tolerance or category.size is None:
        return ""
    return f"{largest:.3g} m large, and a {category.name} is {category.size[0]:g} to {category.size[1]:g} m"


def misfits(blend: SurveyedSetting, categories: Taxonomy) -> list[str]:
    """A clause for each object that is far from its category's size."""
    known = [(fixture, misfit(categories[fixture.category], _largest(fixture), ODD)) for fixture in _labelled(blend)]
    return [f"{fixture.name} is {clause}" for fixture, clause in known if clause]


def unit_problem(blend: SurveyedSetting, categories: Taxonomy) -> str:
    """Why the setting must be in another unit, in a clause; "" where its objects do not show that."""
    sized = [fixture for fixture in _labelled(blend) if categories[fixture.category].size]
    times = [_times(categories[fixture.category], _largest(fixture)) for fixture in sized]
    off = median(times) if len(times) >= FEWEST else 1.0
    if 1 / OTHER_UNIT < off < OTHER_UNIT:
        return ""
    how = f"{off:.2g} times too large" if off > 1 else f"{1 / off:.2g} times too small"
    return f"its objects are about {how} ({misfits(blend, categories)[0]})"


def _labelled(blend: SurveyedSetting) -> list[SettingFixture]:
    return [fixture for fixture in blend.fixtures if fixture.category]


def _largest(fixture: SettingFixture) -> float:
    return max(high - low for low, high in zip(fixture.low, fixture.high, strict=True))


def _times(category: Category, largest: float) -> float:
    """How many times larger than the largest of its category, or (below 1) than the smallest; 1 among them."""
    if category.size is None:
        return 1.0
    low, high = category.size
    return largest / high if largest > high else min(1.0, max(largest, 1e-9) / low)
