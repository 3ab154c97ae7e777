"""Names of frames."""

__all__ = ["frame_key"]


def frame_key(scene: int, view: int) -> str:
    """`s0000012-v01`: sorts by scene, then view, and holds no dot, since webdataset cuts keys at the first one."""
    return f"s{scene:07d}-v{view:02d}"
