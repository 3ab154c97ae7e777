"""The user's file of categories of their own."""

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from scenes.declare import DeclaredCategory, declared
from scenes.taxonomy import Category
from verichrome.complaints import sentences
from verichrome.errors import UsageError

__all__ = ["read_categories"]


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
    try:
        said = yaml.safe_load(Path(path).read_text(encoding="utf-8")) or {}
        return declared(_CategoriesFile.model_validate(said).categories)
    except ValidationError as error:
        raise UsageError(f"{path}: {sentences(error, _CategoriesFile)[0]}") from error
    except OSError as error:
        raise UsageError(f"categories: cannot read {path} ({error.strerror}).") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        raise UsageError(f"{path} is not YAML{f': fault in line {mark.line + 1}' if mark else ''}.") from error
