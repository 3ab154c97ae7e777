"""What goes wrong when a scene is asked for."""

__all__ = ["SceneError"]


class SceneError(ValueError):
    """A scene, family or category that does not exist or cannot be made; the message is one sentence for a person."""
