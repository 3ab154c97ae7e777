"""Faces: a head's skin on a grid of rows and columns, its features, and the expressions that move it."""
