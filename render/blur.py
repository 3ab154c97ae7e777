"""Depth of field and motion blur of Blender's camera, for one render; imports Blender."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import bpy
import numpy as np
from mathutils import Euler

from render.errors import RenderError
from render.focus import Focus
from scenes.blur import Aperture, Shake

__all__ = ["shaken", "through_aperture"]

#: The frame that everything is rendered at, and those at which the shutter opens and closes. Cycles looks at the camera
#: at these three alone, and moves it evenly between them.
FRAME, OPENS, CLOSES = 1, 0.5, 1.5
#: By how much the camera's matrix in the middle of the shutter may differ from that of the truth: rounding.
MOST_OFF = 1e-5


@contextmanager
def through_aperture(camera: Any, aperture: Aperture, focus: Focus) -> Iterator[None]:
    """Give the camera object `camera` an aperture and a focus within the block."""
    dof = camera.data.dof
    dof.focus_object = None
    dof.focus_distance = focus.distance
    # Cycles leaves the focal length to the scripts of custom cameras, ours takes the aperture as it is: metres.
    focal = 1.0 if camera.data.type == "CUSTOM" else camera.data.lens / 1000
    dof.aperture_fstop = focal / max(focus.diameter, 1e-9)
    dof.aperture_blades = aperture.blades
    dof.use_dof = True
    try:
        yield
    finally:
        dof.use_dof = False


@contextmanager
def shaken(camera: Any, shake: Shake, focal: float, width: int) -> Iterator[None]:
    """Turn the camera object about its middle while the shutter is open, within the block.

    focal: the focal length in pixels. width: of the image, pixels.
    """
    scene, render = bpy.context.scene, bpy.context.scene.render
    pose, mode = camera.matrix_world.copy(), camera.rotation_mode
    # The image moves right and down where the camera turns left and up.
    yaw, pitch = (math.atan(share * width / focal) for share in shake.move)
    camera.rotation_mode = "QUATERNION"
    middle = pose.to_quaternion()
    for frame, share in ((OPENS, -0.5), (FRAME, 0.0), (CLOSES, 0.5)):
        turned = middle @ Euler((share * pitch, share * yaw, -share * shake.roll)).to_quaternion()
        # A quaternion and its negative are one rotation, but there is no way between the two.
        turned.make_compatible(middle)
        camera.rotation_quaternion = turned
        camera.keyframe_insert("rotation_quaternion", frame=frame)
    scene.frame_set(FRAME)
    render.use_motion_blur, render.motion_blur_shutter = True, 1.0
    render.motion_blur_position = "CENTER"
    try:
        if max(np.abs(np.array(camera.matrix_world) - np.array(pose)).flat) > MOST_OFF:
            raise RenderError("the camera is not at the pose of the truth in the middle of the shutter")
        yield
    finally:
        render.use_motion_blur = False
        camera.animation_data_clear()
        camera.rotation_mode = mode
        camera.matrix_world = pose
        bpy.context.view_layer.update()
