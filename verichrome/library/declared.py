"""The user's file of categories of their own."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, model_validator

from scenes.declare import DeclaredCategory, declared
from scenes.taxonomy import Category
from verichrome.library.said import read_said

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
    return declared(read_said(Path(path), _CategoriesFile, "categories").categories)
