"""A configuration from flags and YAML files: read with clear messages, written with a comment for each field."""

import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from encode import FormatError
from shards.reading.limits import MOST_TEXT_BYTES
from shards.reading.small_file import read_file
from shards.reading.yaml_text import read_yaml
from verichrome.config import FIELDS, FORMAT, SECTIONS, Config, section_of
from verichrome.errors import ConfigError, OldConfig, UsageError
from verichrome.validation_messages import closest, first_of, printable_value, validation_sentences

__all__ = ["dump", "parse", "read_values", "resolve"]


def resolve(*layers: Mapping[str, Any]) -> Config:
    """The configuration that `layers` give, the later ones winning.

    Fields are named without their sections, as flags are: `resolve({"family": "room", "samples": 32})`. What no layer
    names has its default. A quality takes the place of the samples of earlier layers. Raises ConfigError with one
    sentence, a line each, for everything that is wrong.
    """
    values: dict[str, Any] = {}
    for layer in layers:
        if "quality" in layer:
            values.pop("samples", None)
        values |= layer
    if unknown := [_unknown(name, FIELDS) for name in values if name not in FIELDS]:
        raise ConfigError("\n".join(first_of(unknown)))
    try:
        return Config.of(values)
    except ValidationError as error:
        raise ConfigError("\n".join(validation_sentences(error, Config, sections=True))) from error


def read_values(path: Path) -> dict[str, Any]:
    """The fields that a YAML file sets, named without their sections and not yet checked; raises UsageError."""
    try:
        return parse(read_file(path, MOST_TEXT_BYTES), str(path))
    except OSError as error:
        raise UsageError(f"Cannot read the configuration {path}: {error.strerror}.") from error
    except FormatError as error:
        raise UsageError(f"The configuration {error}.") from error


def parse(text: bytes | str, where: str) -> dict[str, Any]:
    """The fields that the YAML `text` sets, named without their sections, their values not yet checked.

    `where` is the name of its file. Raises UsageError: OldConfig for a file of format 1, which had no sections, and
    ConfigError where a field is in no section or in the wrong one.
    """
    try:
        document = read_yaml(text, where)
    except FormatError as error:
        raise UsageError(f"The configuration {error}.") from error
    if document is None:
        return {}
    if not isinstance(document, dict) or not all(isinstance(name, str) for name in document):
        raise UsageError(f"The configuration {where} must be a mapping of section names to fields.")
    _check_format(document, where)
    sections = {name: value for name, value in document.items() if name != "format"}
    if wrong := list(_misplaced(sections)):
        raise ConfigError("\n".join(first_of(wrong)))
    return {name: value for fields in sections.values() for name, value in (fields or {}).items()}


def dump(config: Config, heading: str = "") -> str:
    """YAML with each field's description above it, which loads back to an equal configuration."""
    document = config.model_dump(mode="json")
    blocks = [_comment(heading)] if heading else []
    blocks.append(f"format: {FORMAT}\n")
    for section in SECTIONS:
        description = Config.model_fields[section].description or ""
        blocks.append(f"{_comment(description)}{section}:\n" + "\n".join(_field_lines(section, document[section])))
    return "\n".join(blocks)


def _field_lines(section: str, values: Mapping[str, Any]) -> Iterator[str]:
    for name, field in SECTIONS[section].model_fields.items():
        text = yaml.safe_dump({section: {name: values[name]}}, sort_keys=False, allow_unicode=True, width=100)
        _, _, line = text.partition("\n")  # the heading has the section's own line already
        yield _comment(field.description or "", "  ") + line


def _check_format(document: Mapping[str, Any], where: str) -> None:
    """Raise OldConfig for a file of format 1, ConfigError for one of a format that this version does not know."""
    version = document.get("format")
    flat = [name for name, value in document.items() if name in FIELDS and not isinstance(value, dict)]
    sectioned = any(isinstance(document.get(name), dict) for name in SECTIONS)
    if version == 1 or (version is None and flat and not sectioned):
        moves = f" ({_moves(flat)})" if flat else ""
        raise OldConfig(
            f"The configuration {where} is of format 1, which had no sections: set `format: {FORMAT}` and put its "
            f"fields under their sections{moves}, as `verichrome config` prints them."
        )
    if version not in (None, FORMAT) or isinstance(version, bool):
        raise ConfigError(f"format must be {FORMAT}, got {printable_value(version)}: a file of another version.")


def _moves(fields: list[str]) -> str:
    """`family and seed under scenes:, samples under render:`."""
    by_section = {section: [name for name in fields if section_of(name) == section] for section in SECTIONS}
    return ", ".join(f"{' and '.join(names)} under {section}:" for section, names in by_section.items() if names)


def _misplaced(sections: Mapping[str, Any]) -> Iterator[str]:
    """A sentence for each name that is not a section, or not a field of the section that it is under."""
    for section, fields in sections.items():
        if section not in SECTIONS:
            yield _elsewhere(section, "the top of the file") if section in FIELDS else _unknown_section(section)
        elif not isinstance(fields, dict | None):
            count = "; set the number of scenes under job:" if section == "scenes" else ""
            yield f"{section} must be a mapping of fields to values, got {printable_value(fields)}{count}."
        else:
            yield from _misplaced_fields(section, fields or {})


def _misplaced_fields(section: str, fields: Mapping[Any, Any]) -> Iterator[str]:
    own = SECTIONS[section].model_fields
    for name in fields:
        if name in own:
            continue
        if name in FIELDS:
            yield _elsewhere(name, f"{section}:")
        else:
            yield f"{section}.{_unknown(name, own)}"


def _elsewhere(field: str, section: str) -> str:
    return f"{field} belongs under {section_of(field)}:, not under {section}."


def _unknown_section(name: str) -> str:
    hint = closest(name, SECTIONS) or closest(name, FIELDS)
    return f"{printable_value(name)} is not a section{hint}; the sections are {', '.join(SECTIONS)}."


def _unknown(name: Any, known: Mapping[str, Any]) -> str:
    return f"{printable_value(name)} is not a field{closest(str(name), known)}; the fields are {', '.join(known)}."


def _comment(text: str, indent: str = "") -> str:
    lines = [part for line in text.splitlines() for part in textwrap.wrap(line, 100 - len(indent))]
    return "".join(f"{indent}# {line}\n" for line in lines)
