"""What a camera makes of a linear render: the light through its lens, on its sensor, and into its file.

numpy, scipy and Pillow only. The steps stand in the order in which they happen: `optics`, `metering`, `sensor` (with
`mosaic`), `tone`, `finishing`.
"""

from render.photo.take import Taken, take_photo

__all__ = ["Taken", "take_photo"]
