"""Masks as flat colours: labels, painting, and the decoders for classes, instances and referred objects."""
