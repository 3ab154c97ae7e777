"""Settings (.blend files that scenes are set in) as data: the user's rules, object labels, the free-space survey."""

from scenes.settings.label import ObjectLabel, ObjectNames, label_of
from scenes.settings.rules import SettingRule, SettingRules
from scenes.settings.survey import FreePoint, SettingFixture, SurveyedSetting, survey_directions

__all__ = [
    "FreePoint",
    "ObjectLabel",
    "ObjectNames",
    "SettingFixture",
    "SettingRule",
    "SettingRules",
    "SurveyedSetting",
    "label_of",
    "survey_directions",
]
