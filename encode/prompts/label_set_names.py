"""Names of the standard label sets, as prompts write them."""

__all__ = ["LABEL_SET_NAMES"]

#: Their classes are in tables/label_sets.toml.
LABEL_SET_NAMES = ("COCO", "ADE20K", "Cityscapes", "NYU40")
