"""An object that is marked in a second source image, and the task that asks for its mask."""
