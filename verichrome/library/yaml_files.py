"""The user's YAML files, read and checked."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from encode import FormatError
from scenes.own_categories import DeclaredCategory, declared
from scenes.taxonomy import Category
from shards.reading.limits import MOST_TEXT_BYTES
from shards.reading.small_file import read_file
from shards.reading.yaml_text import read_yaml
from verichrome.errors import UsageError
from verichrome.validation_messages import validation_sentences

__all__ = ["read_categories", "read_yaml_model"]

M = TypeVar("M", bound=BaseModel)


def read_yaml_model(path: Path, model: type[M], field: str, context: Mapping[str, Any] | None = None) -> M:
    """The file's content, checked by `model` with the `context`; an empty file has none of its fields.

    Raises UsageError with one sentence; `field` is that of the configuration which named the file.
    """
    try:
        document = read_yaml(read_file(path, MOST_TEXT_BYTES), str(path)) or {}
        return model.model_validate(document, context=dict(context or {}))
    except ValidationError as error:
        raise UsageError(f"{path}: {validation_sentences(error, model)[0]}") from error
    except OSError as error:
        raise UsageError(f"{field}: cannot read {path} ({error.strerror}).") from error
    except FormatError as error:
        raise UsageError(f"{error}.") from error


class _CategoriesFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    categories: tuple[DeclaredCategory, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _words_are_their_own(self) -> "_CategoriesFile":
        declared(self.categories)
        return self


def read_categories(path: str | None) -> tuple[Category, ...]:
    """What the YAML file declares, none where there is no file; raises UsageError with one sentence."""
    if path is None:
        return ()
    return declared(read_yaml_model(Path(path), _CategoriesFile, "categories").categories)
