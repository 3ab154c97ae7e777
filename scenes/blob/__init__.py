"""Soft bodies: balls and limbs that melt into each other, and the mesh of their common skin."""
