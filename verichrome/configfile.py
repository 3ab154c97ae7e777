"""A configuration as a YAML file: read with clear complaints, written with a comment for each field."""

import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from encode import FormatError
from shards.reading.limits import MOST_TEXT_BYTES
from shards.reading.small_file import read_file
from shards.reading.yaml_text import read_yaml
from verichrome.config import Config
from verichrome.errors import ConfigError, UsageError
from verichrome.validation_messages import validation_sentences

__all__ = ["dump", "parse", "read_values", "resolve"]


def resolve(*layers: Mapping[str, Any]) -> Config:
    """The configuration that `layers` give, the later ones winning; raises ConfigError with a sentence a fault."""
    merged = {name: value for layer in layers for name, value in layer.items()}
    try:
        return Config.model_validate(merged)
    except ValidationError as error:
        raise ConfigError("\n".join(validation_sentences(error, Config))) from error


def read_values(path: Path) -> dict[str, Any]:
    """The fields that a YAML file sets, not yet checked."""
    try:
        return parse(read_file(path, MOST_TEXT_BYTES), str(path))
    except OSError as error:
        raise UsageError(f"Cannot read the configuration {path}: {error.strerror}.") from error
    except FormatError as error:
        raise UsageError(f"The configuration {error}.") from error


def parse(text: bytes | str, where: str) -> dict[str, Any]:
    """The fields that YAML `text`, found at `where`, sets, not yet checked."""
    try:
        values = read_yaml(text, where)
    except FormatError as error:
        raise UsageError(f"The configuration {error}.") from error
    if values is None:
        return {}
    if not isinstance(values, dict) or not all(isinstance(name, str) for name in values):
        raise UsageError(f"The configuration {where} must be a mapping of field names to values.")
    return values


def dump(config: Config, heading: str = "") -> str:
    """YAML with each field's description above it, which loads back to an equal configuration."""
    values = config.model_dump(mode="json")
    blocks = [_comment(heading)] if heading else []
    for name, field in Config.model_fields.items():
        line = yaml.safe_dump({name: values[name]}, sort_keys=False, allow_unicode=True, width=100)
        blocks.append(_comment(field.description or "") + line)
    return "\n".join(blocks)


def _comment(text: str) -> str:
    lines = [piece for line in text.splitlines() for piece in textwrap.wrap(line, 100)]
    return "".join(f"# {line}\n" for line in lines)
