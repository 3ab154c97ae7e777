"""What several packages share, in numpy alone: projection, rotations, sRGB, run lengths of masks, types of indices.

The lowest layer of the project: it imports nothing else of it, and `scenes`, `render` and `shards` may import it.
"""
