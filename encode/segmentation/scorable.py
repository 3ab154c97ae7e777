"""Which objects of a frame a decoder could find, judged once a frame for all tasks and checks."""

from encode.frame import Frame, ObjectId
from encode.frame_cache import cached_per_frame
from encode.frame_ids import instance_windows
from encode.segmentation.instances import is_scorable

__all__ = ["scorable_instance"]


def scorable_instance(frame: Frame, object_id: ObjectId) -> bool:
    """Whether a decoder could find the object: `is_scorable` of its pixels."""
    verdicts = _scorable(frame)
    if object_id not in verdicts:
        verdicts[object_id] = _judge(frame, object_id)
    return verdicts[object_id]


@cached_per_frame
def _scorable(_: Frame) -> dict[ObjectId, bool]:
    """What was judged so far."""
    return {}


def _judge(frame: Frame, object_id: ObjectId) -> bool:
    window = instance_windows(frame).get(object_id)
    if window is None:
        return False
    # One pixel more on every side, where there is one: erosion looks at the border.
    rows, columns = (slice(max(side.start - 1, 0), side.stop + 1) for side in window)
    instance = frame.truth.instance
    return is_scorable(instance[rows, columns] == object_id, image_size=instance.size)
