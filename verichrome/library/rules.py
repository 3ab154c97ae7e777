"""The user's rules for the files of a folder: `labels.csv`, a row a file, and `assets.yaml`, rules by pattern."""

import csv
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from scenes.material import MaterialKind
from verichrome.errors import UsageError
from verichrome.library.folder import is_there
from verichrome.library.yaml_files import read_yaml_model
from verichrome.validation_messages import validation_sentences

__all__ = ["LABELS", "RULES", "AssetRule", "AssetRules", "read_rules"]

LABELS, RULES = "labels.csv", "assets.yaml"
Factor = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class AssetRule(BaseModel):
    """All that can be specified for a file; defaults are those of the format, or of the folder.

    scale: metres a unit of the file. size: the largest side in metres instead. turn: degrees about the vertical, so
    that the front looks to -y. kind, width: of a texture set, its material kind and metres a repeat.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    category: str | None = None
    up: Literal["y", "z"] | None = None
    scale: Factor | None = None
    size: Factor | None = None
    turn: Annotated[float, Field(allow_inf_nan=False)] | None = None
    color: str | None = None
    material: str | None = None
    skip: bool | None = None
    kind: MaterialKind | None = None
    width: Factor | None = None

    def over(self, under: "AssetRule") -> "AssetRule":
        """This rule where it sets a field, else the other; a size undoes a scale, and a scale a size."""
        own = self.model_dump(exclude_none=True)
        rest = under.model_dump(exclude_none=True)
        if "scale" in own or "size" in own:
            rest = {name: value for name, value in rest.items() if name not in ("scale", "size")}
        return AssetRule(**{**rest, **own})


class _AssetRulesFile(BaseModel):
    """`assets.yaml`: `names` translates folder names and labels to categories; of `files`, later patterns win."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    names: dict[str, str] = {}
    defaults: AssetRule = AssetRule()
    files: dict[str, AssetRule] = {}


class AssetRules:
    """The rules of one folder."""

    def __init__(
        self, names: dict[str, str], defaults: AssetRule, patterns: dict[str, AssetRule], labels: dict[str, AssetRule]
    ):
        self.names = {name.casefold(): category for name, category in names.items()}
        self.labels = labels
        self._defaults = defaults
        self._patterns = patterns

    def of(self, name: str) -> AssetRule:
        """The rule of a file: its own row wins over patterns, and those over the defaults."""
        rule = self._defaults
        for pattern, matching in self._patterns.items():
            if fnmatchcase(name, pattern):
                rule = matching.over(rule)
        return self.labels.get(name, AssetRule()).over(rule)


def read_rules(folder: Path) -> AssetRules:
    """The rules in the folder, none where it has no such files; raises UsageError with one sentence."""
    path = folder / RULES
    rules = read_yaml_model(path, _AssetRulesFile, "assets") if is_there(path, folder) else _AssetRulesFile()
    path = folder / LABELS
    labels = _read_labels(path) if is_there(path, folder) else {}
    return AssetRules(rules.names, rules.defaults, rules.files, labels)


def _read_labels(path: Path) -> dict[str, AssetRule]:
    """A header line with `file` and any of a rule's fields; empty cells set nothing."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.DictReader(stream)
            if "file" not in (rows.fieldnames or ()):
                raise UsageError(f"{path} needs a header line with a column `file`.")
            return {str(row["file"]).strip(): _row(path, number, row) for number, row in enumerate(rows, 2)}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path} cannot be read as CSV: {error}.") from error


def _row(path: Path, number: int, row: dict[str, Any]) -> AssetRule:
    cells = {name: text.strip() for name, text in row.items() if name and name != "file" and text and text.strip()}
    try:
        return AssetRule.model_validate(cells)
    except ValidationError as error:
        raise UsageError(f"{path}, line {number}: {validation_sentences(error, AssetRule)[0]}") from error
