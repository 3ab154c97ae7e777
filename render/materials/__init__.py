"""Node trees of the material kinds: `maker.MaterialMaker` makes a Blender material of a `scenes` one.

Patterns lie in the object's own coordinates, metres, z up. `scale` is the width of what repeats: a board, a brick's
length, a tile's side, a printed sheet's width, a wallpaper's stripe; for the kinds with finer grain (fabric, leather,
carpet, plaster, stone, soil) 0.1 is life size and the grain grows with it. Bump is in metres and fades out with
distance before it is finer than two pixels. Cut-outs are binary.

A material with `textures` shows one of the user's texture sets instead. Only `maker` and `tree_cache` import bpy: the
others describe nodes as data (`tree.py`), so that materials that differ in numbers alone are copies.
"""
