"""What `verichrome assets --blend` prints of a place: what each thing is taken for, and what still needs a rule."""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from scenes.settings import SettingFixture, SurveyedSetting
from scenes.taxonomy import Taxonomy
from verichrome.library.sizes import misfits

__all__ = ["place_lines"]


def place_lines(blend: SurveyedSetting, categories: Taxonomy) -> Iterator[str]:
    """A heading, the labelled things by category, then the unlabelled, those first that are most in view."""
    seen = _shares(blend)
    known = [entry for entry in blend.fixtures if entry.category]
    unknown = [entry for entry in blend.fixtures if not entry.category]
    share = sum(seen[entry.number] for entry in unknown)
    faces = sum(entry.faces for entry in blend.fixtures)
    yield (
        f"place     {blend.name}: {len(blend.fixtures):,} things, {faces:,} faces, "
        f"{len({entry.category for entry in known})} categories, {len(blend.spots)} free places to look from, "
        f"{share:.0%} of what they show is unlabelled"
    )
    yield from (f"  {_described(entry)}: {entry.category}" for entry in sorted(known, key=_by_category))
    ranked = sorted(unknown, key=lambda entry: (-seen[entry.number], -entry.area, entry.number))
    for entry in ranked:
        yield f"  {_described(entry)}: unlabelled, {seen[entry.number]:.1%} of what is seen{_told(entry)}"
    yield from (f"  note: {told}: is it to scale?" for told in misfits(blend, categories))
    yield from (f"  note: {told}" for told in blend.dropped)


def _by_category(entry: SettingFixture) -> tuple[str, int]:
    return entry.category, entry.number


def _described(entry: SettingFixture) -> str:
    size = " x ".join(f"{side:.3g}" for side in np.array(entry.high) - np.array(entry.low))
    return f"{entry.name} ({size} m, {entry.faces:,} faces)"


def _told(entry: SettingFixture) -> str:
    """What else rules may know it by."""
    said = (("collection", entry.collections[:1]), ("material", entry.materials[:4]))
    return "".join(f", {word} {' + '.join(names)}" for word, names in said if names)


def _shares(blend: SurveyedSetting) -> dict[int, float]:
    """The share of each thing among all that is seen from the free places."""
    counts = Counter(number for spot in blend.spots for number in spot.things if number)
    total = sum(counts.values()) or 1
    return {entry.number: counts[entry.number] / total for entry in blend.fixtures}
