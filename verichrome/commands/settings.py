"""What `verichrome assets --setting` prints of a setting: the category of each object, and what still needs a rule."""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from scenes.settings import SettingFixture, SurveyedSetting
from scenes.taxonomy import Taxonomy
from verichrome.library.sizes import misfits

__all__ = ["setting_lines"]


def setting_lines(setting: SurveyedSetting, categories: Taxonomy) -> Iterator[str]:
    """A heading, the labelled objects by category, then the unlabelled ones, most visible first."""
    seen = _shares(setting)
    known = [fixture for fixture in setting.fixtures if fixture.category]
    unknown = [fixture for fixture in setting.fixtures if not fixture.category]
    share = sum(seen[fixture.number] for fixture in unknown)
    faces = sum(fixture.faces for fixture in setting.fixtures)
    yield (
        f"setting   {setting.name}: {len(setting.fixtures):,} objects, {faces:,} faces, "
        f"{len({fixture.category for fixture in known})} categories, {len(setting.spots)} free points to look from, "
        f"{share:.0%} of what they show is unlabelled"
    )
    yield from (f"  {_described(fixture)}: {fixture.category}" for fixture in sorted(known, key=_by_category))
    ranked = sorted(unknown, key=lambda fixture: (-seen[fixture.number], -fixture.area, fixture.number))
    for fixture in ranked:
        yield f"  {_described(fixture)}: unlabelled, {seen[fixture.number]:.1%} of what is seen{_hints(fixture)}"
    yield from (f"  note: {clause}: is it to scale?" for clause in misfits(setting, categories))
    yield from (f"  note: {clause}" for clause in setting.dropped)


def _by_category(fixture: SettingFixture) -> tuple[str, int]:
    return fixture.category, fixture.number


def _described(fixture: SettingFixture) -> str:
    size = " x ".join(f"{side:.3g}" for side in np.array(fixture.high) - np.array(fixture.low))
    return f"{fixture.name} ({size} m, {fixture.faces:,} faces)"


def _hints(fixture: SettingFixture) -> str:
    """Its collections and materials, which rules can match."""
    hints = (("collection", fixture.collections[:1]), ("material", fixture.materials[:4]))
    return "".join(f", {word} {' + '.join(names)}" for word, names in hints if names)


def _shares(setting: SurveyedSetting) -> dict[int, float]:
    """The share of each object in all that is seen from the free points."""
    counts = Counter(number for spot in setting.spots for number in spot.things if number)
    total = sum(counts.values()) or 1
    return {fixture.number: counts[fixture.number] / total for fixture in setting.fixtures}
