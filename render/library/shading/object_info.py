"""Object Info of a material as it was in the file: the objects made of it here have other names and indices.

The values are custom properties of the objects that are made, and materials read those.
"""

from typing import Any

from render.library.shading.wiring import Wiring

__all__ = ["INDEX", "RANDOM", "keep_index", "keep_random", "random_of"]

INDEX, RANDOM = "verichrome_index", "verichrome_random"
WORD = 0xFFFFFFFF


def keep_index(tree: Any) -> None:
    """Let Object Info of a flat tree give the index that the object had."""
    _keep(tree, "Object Index", INDEX)


def keep_random(tree: Any) -> None:
    """Let Object Info of a flat tree give the random number that the object had."""
    _keep(tree, "Random", RANDOM)


def random_of(instance: Any) -> float:
    """The number from 0 to 1 that Cycles gives the depsgraph's instance: of an object by itself, a hash of its name."""
    return (instance.random_id if instance.is_instance else _hash(_of_text(instance.object.name))) / WORD


def _keep(tree: Any, output: str, name: str) -> None:
    for node in [node for node in tree.nodes if node.bl_idname == "ShaderNodeObjectInfo"]:
        links = list(node.outputs[output].links)
        if links:
            attribute = Wiring(tree).node("Attribute", attribute_type="OBJECT", attribute_name=name)
            for link in links:
                tree.links.new(attribute.outputs["Factor"], link.to_socket)


def _of_text(text: str) -> int:
    value = 0
    for byte in text.encode():
        value = (value * 37 + byte) & WORD
    return value


def _hash(word: int) -> int:
    """Bob Jenkins' lookup3 of two words, the second 0, as Cycles' hash_uint2 computes it."""
    a = b = c = 0xDEADBEEF + (2 << 2) + 13
    a = (a + word) & WORD
    for turn in (14, 11, 25, 16, 4, 14, 24):
        # Each step mixes one word into the next, and the three change places.
        c = ((c ^ b) - _turned(b, turn)) & WORD
        a, b, c = b, c, a
    return b


def _turned(word: int, by: int) -> int:
    return ((word << by) | (word >> (32 - by))) & WORD
