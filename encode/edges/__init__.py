"""Edges and the task that asks for them: where a nearer surface ends in front of a farther one; object contours."""
