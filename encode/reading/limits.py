"""Limits on the sizes of files. docs/formats.md lists these; writers obey them too."""

__all__ = [
    "MOST_ID",
    "MOST_JSON_BYTES",
    "MOST_MARK",
    "MOST_NESTING",
    "MOST_PIXELS",
    "MOST_PROMPT",
    "MOST_SIDE",
    "MOST_TEXT",
]

#: Pixels of a side of an image or of a truth map; the largest resolution of a configuration.
MOST_SIDE = 8192
#: Pixels of an image in all.
MOST_PIXELS = MOST_SIDE**2

#: Ids of objects and categories are pixels of uint32.
MOST_ID = 2**32 - 1

#: Bytes of a JSON document, and lists and objects within each other in it.
MOST_JSON_BYTES = 32 << 20
MOST_NESTING = 100

#: Pixels of the width of a painted line, and of the radius of a dot: ours have some 100 in the largest images.
MOST_MARK = 256

#: Characters of a prompt or a text answer: the longest generated one, a legend of a hundred classes, has some 5,000.
MOST_PROMPT = 16_384

#: Characters of a name, a word or a label.
MOST_TEXT = 1000
