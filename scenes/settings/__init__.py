"""Finished .blend files as data: the user's rules for them, what each object is, and what was surveyed of the place."""

from scenes.settings.label import ObjectLabel, ObjectNames, label_of
from scenes.settings.rules import SettingRule, SettingRules
from scenes.settings.survey import FreePoint, SettingFixture, SurveyedSetting, probe_directions

__all__ = [
    "FreePoint",
    "ObjectLabel",
    "ObjectNames",
    "SettingFixture",
    "SettingRule",
    "SettingRules",
    "SurveyedSetting",
    "label_of",
    "probe_directions",
]
