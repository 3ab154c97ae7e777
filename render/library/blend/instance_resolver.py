"""The origin of each instance of an evaluated scene, by its persistent id; names play no part in it."""

from typing import Any

from render.library.blend.instance_levels import UNUSED, InstanceLevel, InstanceLevels, LastListed
from render.library.blend.instancers import InstanceOrigin

__all__ = ["InstanceResolver"]


class InstanceResolver:
    """Resolves the instances of one evaluated scene, in the order in which Blender lists them."""

    def __init__(self, graph: Any) -> None:
        self._levels = InstanceLevels(graph)
        self._path: list[tuple[int, InstanceLevel]] = []  # of the instance before, from its outermost object on
        self._last: dict[int, LastListed] = {}  # by depth

    def origin(self, instance: Any, obj: Any) -> InstanceOrigin:
        """Where the instance of `obj` comes from; without instancers where the object is in the scene itself."""
        uid = obj.original.session_uid
        if not instance.is_instance:
            return InstanceOrigin((uid,))
        numbers = [number for number in instance.persistent_id if number != UNUSED][::-1]
        number = numbers.pop()
        origin = self._level(instance.parent.original, numbers).leaf(number)
        self._last[len(numbers)] = LastListed(number, obj.original)
        return InstanceOrigin((*origin.key, uid), origin.instancers, origin.is_own, origin.has_own_materials)

    def _level(self, root: Any, numbers: list[int]) -> InstanceLevel:
        """The level that the numbers lead to; those levels that the instance before shares are known."""
        steps = [root.session_uid, *numbers]
        shared = 0
        while shared < min(len(steps), len(self._path)) and steps[shared] == self._path[shared][0]:
            shared += 1
        if shared < len(self._path):
            del self._path[shared:]
            self._last = {depth: last for depth, last in self._last.items() if depth < shared}
        for depth in range(shared, len(steps)):
            if depth == 0:
                level = self._levels.of(root, (steps[0],), ())
            else:
                level = self._path[-1][1].descend(steps[depth], self._last.get(depth - 1, LastListed()))
            self._path.append((steps[depth], level))
        return self._path[-1][1]
