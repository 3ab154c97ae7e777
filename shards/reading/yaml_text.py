"""The only reader of untrusted YAML."""

import re
from collections.abc import Hashable, Iterator
from typing import Any

import yaml

from encode import FormatError
from encode.reading.duplicates import first_duplicate
from encode.reading.short_text import short_repr
from shards.reading.limits import MOST_TEXT_BYTES

__all__ = ["read_yaml"]

#: Lists and mappings within each other, and values in all, each alias counted as what it stands for.
_MOST_NESTING = 32
_MOST_VALUES = 100_000

#: libyaml where there is one: reading is ten times faster.
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """Plain values alone: no dates, no octal or sexagesimal numbers, no tags but those of JSON, each key once."""

    yaml_constructors: dict[str | None, Any] = {  # noqa: RUF012 - PyYAML's own way
        tag: yaml.SafeLoader.yaml_constructors[tag]
        for tag in (
            None,
            *(f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int", "float", "str", "seq", "map")),
        )
    }
    yaml_implicit_resolvers: dict[str | None, Any] = {}  # noqa: RUF012

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [(child.tag, child.value) for child, _ in node.value if isinstance(child, yaml.ScalarNode)]
        twice = first_duplicate(keys)
        if twice is not None:
            raise yaml.constructor.ConstructorError(None, None, f"the key {twice[1][:80]} comes twice", node.start_mark)
        return super().construct_mapping(node, deep=deep)  # type: ignore[no-any-return]


for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF", list("yYnNtTfFoO")),
    ("int", r"[-+]?(?:0|[1-9][0-9_]*)", list("-+0123456789")),
    ("float", r"[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?", list("-+0123456789.")),
    ("float", r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)", list("-+.")),
    ("merge", r"<<", ["<"]),
):  # fmt: skip
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_pattern})\Z"), _first)


def read_yaml(content: bytes | str, where: str) -> Any:
    """The value of a YAML document, None for an empty one; raises FormatError that names `where`.

    Refused: more than 1 MiB, 32 levels or 100,000 values (aliases count as what they stand for), other encodings than
    UTF-8, tags, keys that come twice, integers beyond 64 bits, and text that is not Unicode.
    """
    if len(content) > MOST_TEXT_BYTES:
        raise FormatError(where, f"YAML of at most {MOST_TEXT_BYTES:,} bytes", f"{len(content):,}")
    try:
        text = content if isinstance(content, str) else content.decode("utf-8-sig")
        _check_events(text, where)
        value = yaml.load(text, Loader=_Loader)
        _check_values(value, where)
        return value
    except FormatError:
        raise
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" in line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None)
        raise FormatError(where, "YAML", f"an error{line}{f' ({str(problem)[:200]})' if problem else ''}") from error
    except UnicodeDecodeError as error:
        raise FormatError(where, "UTF-8 text", f"byte {error.object[error.start]:#x} at {error.start}") from error
    except (ValueError, OverflowError, RecursionError, TypeError) as error:
        raise FormatError(where, "YAML", str(error)[:200]) from error


def _check_events(text: str, where: str) -> None:
    """Count levels and values before they are built, without recursion."""
    open_: list[list[Any]] = []
    sizes: dict[str, int] = {}
    total = 0
    for event in yaml.parse(text, Loader=_Base):
        size = 1
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in sizes:
                raise FormatError(where, "aliases of what stands before them", short_repr(event.anchor))
            size = sizes[event.anchor]
        elif isinstance(event, yaml.CollectionStartEvent):
            open_.append([event.anchor, total])
            if len(open_) > _MOST_NESTING:
                raise FormatError(where, f"at most {_MOST_NESTING} levels", "more")
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = open_.pop()
            size = 0
            if anchor:
                sizes[anchor] = total - before
        elif isinstance(event, yaml.ScalarEvent):
            if event.anchor:
                sizes[event.anchor] = 1
        else:
            size = 0
        total += size
        if total > _MOST_VALUES:
            raise FormatError(where, f"at most {_MOST_VALUES:,} values", "more")


def _check_values(value: Any, where: str) -> None:
    for leaf in _leaves(value):
        if isinstance(leaf, int) and not -(2**63) <= leaf < 2**63:
            raise FormatError(where, "integers of 64 bits", f"one of {leaf.bit_length()} bits")
        if isinstance(leaf, str) and any("\ud800" <= char <= "\udfff" for char in leaf if char > "\ud7ff"):
            raise FormatError(where, "text that is Unicode", short_repr(leaf))


def _leaves(value: Any) -> Iterator[Any]:
    stack = [value]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            stack.extend(node)
            stack.extend(node.values())
        elif isinstance(node, list):
            stack.extend(node)
        else:
            yield node
