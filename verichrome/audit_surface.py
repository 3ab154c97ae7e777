"""Do the parts and materials of a frame's pixels follow from the models of its `spec`?"""

from collections.abc import Iterator, Mapping
from typing import Any

from encode import Frame
from encode.formulas.id_map import joint_ids
from scenes import SceneSpec
from scenes.surface_words import material_of, materials, scene_parts
from verichrome.audit_spec import NO_SPEC, replayed_spec
from verichrome.versions import installed

__all__ = ["surface_problems"]


def surface_problems(frame: Frame, scene: Mapping[str, Any]) -> Iterator[str]:
    """Every pixel of a modelled object shows one of its parts in that part's material; others show neither.

    Words may change from one version to the next, and with them a material's; parts may not.
    """
    if frame.surface is None:
        return
    try:
        spec = replayed_spec(scene)
    except NO_SPEC:
        return  # reported by the rule `spec`
    same = scene["versions"].get("verichrome") == installed("verichrome")
    record = frame.surface.record
    expected = scene_parts(item.model for item in spec.objects)
    got = [(part.name, part.word, part.plural, part.several) for part in record.parts]
    due = [(part.name, part.word, part.plural, part.several) for part in expected]
    if got != due if same else [part[0] for part in got] != [part[0] for part in due]:
        yield "expected the parts of the models of the spec in alphabetical order, with their words"
    named = [(material.id, material.name) for material in materials()]
    if same and [(material.id, material.name) for material in record.materials] != named:
        yield f"expected the {len(named)} materials of this version"
    yield from _pixel_problems(frame, spec, same=same)


def _pixel_problems(frame: Frame, spec: SceneSpec, *, same: bool) -> Iterator[str]:
    assert frame.surface is not None
    names = {part.id: part.name for part in frame.surface.record.parts}
    models = {item.id: item.model for item in spec.objects}
    shown = joint_ids(frame.truth.instance, frame.surface.part, frame.surface.material)
    for instance, part, material in shown.tolist():
        if not instance:
            continue  # no surface: reported by the rule `parts` of frames
        model = models.get(instance)
        if model is None or not model.has_known_parts:
            if part or material:
                yield f"object {instance} has no known parts, and shows part {part} of material {material}"
            continue
        of = {material_of(each.material) for each in model.parts if each.name == names.get(part)}
        if not of:
            yield f"object {instance} shows part {part}, which its model does not have"
        elif same and material not in of:
            yield f"object {instance}: expected its {names[part]} of material {sorted(of)}, got {material}"
