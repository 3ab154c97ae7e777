"""Materials come out the same whether their tree is written, copied in one file, or kept from an earlier one."""

from collections.abc import Iterator
from typing import Any

import pytest

from render.materials.maker import MaterialMaker, written
from render.materials.tree import Structure, Tree
from render.materials.tree_cache import TreeCache
from scenes.material import MATERIAL_KINDS, Material

bpy: Any = pytest.importorskip("bpy")

pytestmark = pytest.mark.render

FIRST = {kind: Material(kind=kind, name=kind, color=(0.6, 0.4, 0.3), wear=0.4, seed=1) for kind in MATERIAL_KINDS}
#: The same trees as in `FIRST`, with other numbers and other stops of ramps.
LATER = {kind: spec.model_copy(update={"color": (0.2, 0.3, 0.5), "seed": 2}) for kind, spec in FIRST.items()}


@pytest.fixture(autouse=True)
def empty_file() -> Iterator[None]:
    _open_empty()
    yield
    _open_empty()


def _open_empty() -> None:
    bpy.ops.wm.read_factory_settings(use_empty=True)


def _content(material: Any) -> tuple[Any, ...]:
    """All that the tree of a material holds: kinds, properties, values, stops and links."""
    tree = material.node_tree
    number = {node.name: place for place, node in enumerate(tree.nodes)}
    nodes = [(node.bl_idname, _properties(node), _values(node), _stops(node)) for node in tree.nodes]
    links = {
        (number[link.from_node.name], link.from_socket.identifier, number[link.to_node.name], link.to_socket.identifier)
        for link in tree.links
    }
    return nodes, links


def _properties(node: Any) -> dict[str, Any]:
    own = set(node.bl_rna.properties.keys()) - set(bpy.types.ShaderNode.bl_rna.properties.keys())
    values = {name: getattr(node, name) for name in own}
    return {name: value for name, value in values.items() if isinstance(value, bool | int | float | str)}


def _values(node: Any) -> list[Any]:
    values: list[Any] = [getattr(socket, "default_value", None) for socket in node.inputs]
    return [tuple(value) if hasattr(value, "__len__") and not isinstance(value, str) else value for value in values]


def _stops(node: Any) -> list[Any]:
    ramp = getattr(node, "color_ramp", None)
    return [(stop.position, tuple(stop.color)) for stop in ramp.elements] if ramp else []


def _each_written_alone(specs: dict[str, Material]) -> dict[str, Any]:
    return {kind: _content(MaterialMaker().make(spec)) for kind, spec in specs.items()}


def test_kept_trees_take_the_values_of_later_scenes() -> None:
    expected = _each_written_alone(LATER)
    _open_empty()
    cache = TreeCache()
    MaterialMaker(cache).make_all(FIRST.values())
    _open_empty()
    maker = MaterialMaker(cache)
    maker.make_all(LATER.values())
    assert len(bpy.data.materials) == len(LATER)
    assert not bpy.data.libraries
    for kind, spec in LATER.items():
        assert _content(maker.make(spec)) == expected[kind], kind


def test_copies_in_one_file_take_their_own_values() -> None:
    expected = _each_written_alone(LATER)
    _open_empty()
    maker = MaterialMaker()
    maker.make_all([*FIRST.values(), *LATER.values()])
    for kind, spec in LATER.items():
        assert _content(maker.make(spec)) == expected[kind], kind


def test_a_tree_is_written_once_for_all_scenes(monkeypatch: pytest.MonkeyPatch) -> None:
    trees: list[Tree] = []

    def counted(tree: Tree) -> Any:
        trees.append(tree)
        return written(tree)

    monkeypatch.setattr("render.materials.maker.written", counted)
    cache = TreeCache()
    for specs in (FIRST, LATER, FIRST):
        _open_empty()
        MaterialMaker(cache).make_all(specs.values())
    assert len(trees) == len({tree.structure for tree in trees})


def test_only_what_is_asked_for_is_loaded() -> None:
    cache = TreeCache()
    maker = MaterialMaker(cache)
    maker.make_all(FIRST.values())
    _open_empty()
    MaterialMaker(cache).make(LATER["wood"])
    assert len(bpy.data.materials) == 1
    assert cache.load([Structure(("unknown",))]) == {}


def test_nothing_is_kept_of_nothing() -> None:
    cache = TreeCache()
    cache.keep({})
    assert cache.load([]) == {}
