"""Objects far from their category's size: one sentence if a few are; the setting is refused if most are."""

import io

from rich.console import Console

from scenes import AssetLibrary
from scenes.settings import FreePoint, SettingFixture, SurveyedSetting
from scenes.taxonomy import load_taxonomy
from verichrome.library.sizes import misfits, unit_problem
from verichrome.library.warnings import print_misfits

SIDES = {"chair": 0.9, "table": 1.6, "vase": 0.3, "wall": 8.0, "": 40.0}


def setting(**sides: float) -> SurveyedSetting:
    """A setting of cubes, each as large as its category is by default."""
    fixtures = tuple(
        SettingFixture(
            number=number, name=f"{name or 'thing'}-{number}", category=name, low=(0, 0, 0), high=(side, side, side)
        )
        for number, (name, side) in enumerate({**SIDES, **sides}.items(), 1)
    )
    point = FreePoint(location=(0, 0, 1), floor=1, distances=(), things=())
    return SurveyedSetting(name="loft.blend", digest="a" * 64, fixtures=fixtures, spots=(point,))


def test_objects_of_unusual_size_are_one_sentence_a_setting() -> None:
    console_text = io.StringIO()
    odd = setting(chair=4.5)
    print_misfits(AssetLibrary(blends=(odd, setting()), digest="b" * 64), Console(file=console_text))
    assert console_text.getvalue() == (
        "Check loft.blend: chair-1 is 4.5 m large, and a chair is 0.76 to 1.05 m: "
        "in another unit, or labelled wrongly?\n"
    )
    assert not unit_problem(odd, load_taxonomy())
    assert not misfits(setting(), load_taxonomy())


def test_a_setting_in_another_unit_is_refused() -> None:
    centimetres = setting(chair=90, table=160, vase=30)
    assert unit_problem(centimetres, load_taxonomy()).startswith(
        "its objects are about 75 times too large (chair-1 is 90 m large"
    )
    assert "times too small" in unit_problem(setting(chair=0.009, table=0.016, vase=0.003), load_taxonomy())
    assert not unit_problem(setting(chair=90), load_taxonomy())
