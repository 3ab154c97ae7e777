"""Ranges of counts in families' parameters."""

from pydantic import ValidationInfo

__all__ = ["at_least_min_objects"]


def at_least_min_objects(most: int, info: ValidationInfo) -> int:
    """Validator of a field `max_objects` that follows a field `min_objects`."""
    if most < info.data.get("min_objects", most):
        raise ValueError(f"must be at least min_objects ({info.data['min_objects']})")
    return most
