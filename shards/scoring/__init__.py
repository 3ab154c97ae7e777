"""Scores of a model's answers to the pairs of a data set, with no configuration and no Blender.

`score_answers` reads the answers of `open_answers`, decodes them, compares them with the truth in many processes, and
returns a `ScoreReport`.
"""

from shards.scoring.answers import Answers, open_answers
from shards.scoring.files import report_files
from shards.scoring.pair_score import PairScore
from shards.scoring.report import Estimate, ScoreGroup, ScoreReport
from shards.scoring.score import Missing, score_answers
from shards.scoring.shown import ShownAnswers
from shards.scoring.wanted import CannotScore, MissingAnswers, PairSelection
from shards.scoring.worst import worst_sheet

__all__ = [
    "Answers",
    "CannotScore",
    "Estimate",
    "Missing",
    "MissingAnswers",
    "PairScore",
    "PairSelection",
    "ScoreGroup",
    "ScoreReport",
    "ShownAnswers",
    "open_answers",
    "report_files",
    "score_answers",
    "worst_sheet",
]
