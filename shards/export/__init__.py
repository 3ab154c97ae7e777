"""Pairs written as the readers of other trainers expect them. Bytes are copied, never encoded again."""

from shards.export.choice import PairChoice
from shards.export.exporting import ExportSummary, export_dataset
from shards.export.formats import FORMATS, export_format

__all__ = ["FORMATS", "ExportSummary", "PairChoice", "export_dataset", "export_format"]
