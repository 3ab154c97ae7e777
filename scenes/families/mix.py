"""Scenes of several families, drawn by weight: what a model should be trained on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import Field, create_model, model_validator

from encode.formulas.indices import SceneIndex
from scenes.base import Spec

if TYPE_CHECKING:
    from scenes.scene import SceneSpec

__all__ = ["Member", "Mix"]

Weight = Annotated[float, Field(ge=0, allow_inf_nan=False)]


@dataclass(frozen=True)
class Member:
    """A family that scenes are drawn from, with its `weight` relative to the other members."""

    sample: Callable[[int, SceneIndex, int, int, Any], "SceneSpec"]
    parameters: type[Spec]
    weight: float


class Mix:
    """A family of families. A scene's index decides its family, so that more scenes do not change earlier ones.

    Its parameters are one mapping for each member: the member's own parameters and its `weight`.
    """

    def __init__(self, members: Mapping[str, Member]) -> None:
        self._members = dict(sorted(members.items()))
        self.parameters = _parameters(self._members)

    def family_of(self, seed: int, index: SceneIndex, parameters: Any) -> str:
        """The family of the scene with this index."""
        from scenes.draw import stream  # lazy: numpy is slow to import, and the parameters do without

        weights = [getattr(parameters, name).weight for name in self._members]
        share = stream(seed, "mix", index).random() * sum(weights)
        for name, weight in zip(self._members, weights, strict=True):
            share -= weight
            if share < 0:
                return name
        return max(self._members, key=lambda name: getattr(parameters, name).weight)  # by rounding alone

    def sample(self, seed: int, index: SceneIndex, attempt: int, views: int, parameters: Any) -> "SceneSpec":
        """The scene that its family samples with the same seed and index."""
        name = self.family_of(seed, index, parameters)
        return self._members[name].sample(seed, index, attempt, views, getattr(parameters, name))


class _SomeWeight(Spec):
    @model_validator(mode="after")
    def _draws_something(self) -> Self:
        if not any(getattr(self, name).weight for name in type(self).model_fields):
            raise ValueError("must give one family a weight above 0")
        return self


def _parameters(members: Mapping[str, Member]) -> type[Spec]:
    fields: dict[str, Any] = {}
    for name, member in members.items():
        own = create_model(f"{name.title()}InMix", __base__=member.parameters, weight=(Weight, member.weight))
        fields[name] = (own, Field(default_factory=own))
    return create_model("MixParameters", __base__=_SomeWeight, **fields)
