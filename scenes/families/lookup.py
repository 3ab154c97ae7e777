"""Families by name, and their parameters checked. Needs no numpy: a configuration is read by it."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from encode.formulas.indices import SceneIndex
from scenes.base import SceneError, Spec
from scenes.families import Family, all_families

__all__ = ["check_parameters", "family_names", "family_of_scene", "family_parameters", "find_family"]


def family_names() -> tuple[str, ...]:
    """The families that `sample_scene` knows, sorted."""
    return tuple(sorted(all_families()))


def family_parameters(name: str) -> type[Spec]:
    """The pydantic model of a family's parameters."""
    return find_family(name).parameters


def family_of_scene(family: str, seed: int, index: int, parameters: Spec | Mapping[str, Any] | None = None) -> str:
    """The family of the scene with this index: `family` itself, or what a mix draws."""
    chosen = find_family(family)
    if chosen.family_of is None:
        return family
    return chosen.family_of(seed, SceneIndex(index), check_parameters(family, parameters))


def find_family(name: str) -> Family:
    """The family of this name; raises SceneError, which names them all."""
    try:
        return all_families()[name]
    except KeyError:
        raise SceneError(f"No scene family {name!r}; there are {', '.join(family_names())}.") from None


def check_parameters(family: str, parameters: Spec | Mapping[str, Any] | None) -> Spec:
    """The parameters as the family's model; None is the defaults. Raises SceneError, which names what is wrong."""
    values = parameters.model_dump() if isinstance(parameters, Spec) else dict(parameters or {})
    try:
        return find_family(family).parameters.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        what = f"{where}: {first['msg']}" if where else first["msg"].removeprefix("Value error, ")
        raise SceneError(f"Parameters of the family {family}: {what}.") from error
