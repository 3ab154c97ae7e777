"""The scene that `spec` of scene.json describes, validated once for all rules and for views that share it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from scenes import SceneSpec

__all__ = ["NO_SPEC", "replayed_spec"]

#: What `replayed_spec` raises where scene.json holds no scene.
NO_SPEC = (ArithmeticError, AttributeError, LookupError, TypeError, ValidationError)


def replayed_spec(scene: Mapping[str, Any]) -> SceneSpec:
    """The scene of a scene.json, validated once for views that share the parsed spec; raises one of `NO_SPEC`."""
    return _validated(_Stored(scene["spec"]))


@dataclass(frozen=True, slots=True, eq=False)
class _Stored:
    """A parsed spec, equal to itself alone: comparing two by value would take 1 for true, and as long as validating."""

    spec: Any

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Stored) and self.spec is other.spec

    def __hash__(self) -> int:
        return id(self.spec)


@lru_cache(maxsize=1)  # of the scene that is audited
def _validated(stored: _Stored) -> SceneSpec:
    return SceneSpec.model_validate(stored.spec)
