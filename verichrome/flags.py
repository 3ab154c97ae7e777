"""Command-line flags made from the fields of the configuration, so that the two cannot drift apart."""

import inspect
from collections.abc import Callable, Mapping
from typing import Annotated, Any, get_args

import typer
from pydantic_core import PydanticUndefined

from verichrome.config import FIELDS

__all__ = ["config_flags", "given_flags"]


def config_flags(*names: str, **defaults: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the flags of the fields `names`, passed to its keyword arguments; None means not given.

    `defaults` are named in the help, where a command has other defaults than the configuration. Flags arrive as the
    text that was typed: they are validated as YAML is, so both get the same messages.
    """

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        parameters = inspect.signature(command).parameters.values()
        own = [parameter for parameter in parameters if parameter.kind != parameter.VAR_KEYWORD]
        flags = [_parameter(name, defaults) for name in names]
        # Typer reads the signature, which a decorator may set.
        command.__signature__ = inspect.Signature([*own, *flags])  # type: ignore[attr-defined]
        return command

    return decorate


def given_flags(flags: Mapping[str, Any]) -> dict[str, Any]:
    """The flags that were given."""
    return {name: value for name, value in flags.items() if value is not None}


def _parameter(name: str, defaults: Mapping[str, str]) -> inspect.Parameter:
    flag = "--" + name.replace("_", "-")
    boolean = FIELDS[name].annotation is bool
    option = typer.Option(
        f"{flag}/--no-{flag[2:]}" if boolean else flag, help=_help(name, defaults), metavar=_metavar(name)
    )
    kind = bool if boolean else str
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[kind | None, option]
    )


def _help(name: str, defaults: Mapping[str, str]) -> str:
    field = FIELDS[name]
    default = defaults.get(name, field.default)
    default_note = "" if default in (None, PydanticUndefined) else f" (default: {default})"
    return f"{field.description}{default_note}"


def _metavar(name: str) -> str | None:
    special = {"resolution": "WxH|N", "tasks": "A,B,C", "parameters": "YAML", "address": "HOST", "library": "SHA256"}
    special |= dict.fromkeys(("out", "assets", "hdris", "materials"), "DIR|URL")
    special |= {"blend": "FILE|DIR|URL", "rules": "FILE", "categories": "FILE"}
    kind = FIELDS[name].annotation
    if name in special:
        return special[name]
    if kind is bool:
        return None
    return "N" if _is_number(kind) else "NAME"


def _is_number(kind: Any) -> bool:
    return kind in (int, float) or any(_is_number(part) for part in get_args(kind))
