"""Diffuse shading, and the task that asks for it."""
