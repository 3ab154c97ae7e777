"""How many views of a family frame one subject."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Self

from pydantic import model_validator

from scenes.base import Spec, Unit

if TYPE_CHECKING:
    import numpy as np

    from scenes.scene import View
    from scenes.subject_views import SubjectSurroundings
    from scenes.subjects import Subject

__all__ = ["SubjectShares"]


class SubjectShares(Spec):
    """close_share, middle_share: how many views frame one subject, close or from a middle distance.

    It covers 17 to 40 % of the image in the first, 6 to 17 % in the second.
    """

    close_share: Unit = 0.3
    middle_share: Unit = 0.25

    @model_validator(mode="after")
    def _subject_shares(self) -> Self:
        if self.close_share + self.middle_share > 1:
            got = f"{self.close_share:g} and {self.middle_share:g}"
            raise ValueError(f"close_share and middle_share must add up to at most 1, got {got}")
        return self

    def framed(
        self,
        stream: "Callable[..., np.random.Generator]",
        views: "Sequence[View]",
        subjects: "Sequence[Subject]",
        surroundings: "SubjectSurroundings",
    ) -> "tuple[View, ...]":
        """The views, with cameras of a subject before the others of so many of them as the shares say.

        stream: gives the random generators of the scene by purpose.
        """
        from scenes.subject_views import with_subject  # lazy: numpy is slow to import, and the parameters do without

        shares = {"close": self.close_share, "middle": self.middle_share}
        return tuple(
            with_subject(stream("subject", k), view, subjects, surroundings, **shares) for k, view in enumerate(views)
        )
