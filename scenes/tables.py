"""Scene documents without repetition: what objects share, models and materials, is written once and referred to.

A street's document is half as large with tables, since its windows are of one glass and its cars of a few models.
"""

import json
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

__all__ = ["inlined", "tabled"]

Document = dict[str, Any]
Read = Callable[[Any], Any]


def _as_it_is(value: Any) -> Any:
    return value


class _DistinctValues:
    """Distinct JSON values in the order of their first use."""

    def __init__(self) -> None:
        self._rows: dict[str, int] = {}
        self.values: list[Any] = []

    def row(self, value: Any) -> int:
        """The number of `value`'s row, a new one where it is new."""
        row = self._rows.setdefault(json.dumps(value, sort_keys=True), len(self.values))
        if row == len(self.values):
            self.values.append(value)
        return row


def tabled(document: Mapping[str, Any], sources: Sequence[Hashable]) -> Document:
    """A scene's JSON with `models` and `materials` as lists, and their numbers in objects and in models' parts.

    sources: what the model of each object was written from. Those of one source are not compared: a shop has hundreds.
    """
    models, materials = _DistinctValues(), _DistinctValues()
    rows_of_sources: dict[Hashable, int] = {}
    objects = []
    for item, source in zip(document["objects"], sources, strict=True):
        if source not in rows_of_sources:
            rows_of_sources[source] = models.row(item["model"])
        objects.append({**item, "model": rows_of_sources[source]})
    rows = [_with_materials(model, materials.row) for model in models.values]
    return {**document, "materials": materials.values, "models": rows, "objects": objects}


def inlined(document: Mapping[str, Any], material: Read = _as_it_is, model: Read = _as_it_is) -> Document:
    """What `tabled` was made from, with each material and each model as these functions read it, once.

    Raises ValueError where a number has no row, and what the functions raise.
    """
    rest = {key: value for key, value in document.items() if key not in ("materials", "models")}
    materials = [material(row) for row in document.get("materials", [])]
    models = [model(_with_materials(row, lambda r: _row(materials, r, "materials"))) for row in document["models"]]
    return {**rest, "objects": [{**o, "model": _row(models, o["model"], "models")} for o in document["objects"]]}


def _with_materials(model: Mapping[str, Any], change: Callable[[Any], Any]) -> Document:
    return {**model, "parts": [{**part, "material": change(part["material"])} for part in model["parts"]]}


def _row(table: list[Any], row: Any, name: str) -> Any:
    if not isinstance(row, int) or not 0 <= row < len(table):
        raise ValueError(f"{name} has rows 0 to {len(table) - 1}, got {row}")
    return table[row]
