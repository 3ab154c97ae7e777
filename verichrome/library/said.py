"""YAML files of the user's, read and checked."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from encode import FormatError
from shards.reading.limits import MOST_TEXT_BYTES
from shards.reading.small_file import read_file
from shards.reading.yaml_text import read_yaml
from verichrome.complaints import sentences
from verichrome.errors import UsageError

__all__ = ["read_said"]

M = TypeVar("M", bound=BaseModel)


def read_said(path: Path, model: type[M], field: str, context: Mapping[str, Any] | None = None) -> M:
    """What the file says, checked by `model` with the `context`; an empty file says nothing.

    Raises UsageError with one sentence; `field` is that of the configuration which named the file.
    """
    try:
        said = read_yaml(read_file(path, MOST_TEXT_BYTES), str(path)) or {}
        return model.model_validate(said, context=dict(context or {}))
    except ValidationError as error:
        raise UsageError(f"{path}: {sentences(error, model)[0]}") from error
    except OSError as error:
        raise UsageError(f"{field}: cannot read {path} ({error.strerror}).") from error
    except FormatError as error:
        raise UsageError(f"{error}.") from error
