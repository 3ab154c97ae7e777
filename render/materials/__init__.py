"""Node trees of the material kinds: `build_material` makes a Blender material of a `scenes` one.

Patterns lie in the object's own coordinates, metres, z up. `scale` is the width of what repeats: a board, a brick's
length, a tile's side, a printed sheet's width, a wallpaper's stripe; for the kinds with finer grain (fabric, leather,
carpet, plaster, stone, soil) 0.1 is life size and the grain grows with it. Bump is in metres and fades out with
distance before it is finer than two pixels. Cut-outs are binary.

A material with `textures` shows one of the user's texture sets instead. Only `build_material` needs bpy, and imports
it itself.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from render.materials import (
    ceramics,
    cloth,
    glass,
    ground,
    light,
    metals,
    mineral,
    nature,
    organic,
    paper,
    paving,
    people,
    plastics,
    street,
    walls,
    weave,
    wood,
    worked,
)
from render.materials.nodes import Graph
from render.materials.textured import textured
from scenes.material import Material, MaterialKind

__all__ = ["BUILDERS", "build_material"]

BUILDERS: Mapping[MaterialKind, Callable[[Graph], None]] = {
    "wood": wood.wood,
    "painted_wood": wood.painted_wood,
    "ceramic": ceramics.ceramic,
    "terracotta": ceramics.terracotta,
    "porcelain": ceramics.porcelain,
    "glass": glass.glass,
    "brushed_metal": metals.brushed_metal,
    "polished_metal": metals.polished_metal,
    "painted_metal": metals.painted_metal,
    "plastic": plastics.plastic,
    "matte_plastic": plastics.matte_plastic,
    "rubber": plastics.rubber,
    "fabric": cloth.fabric,
    "leather": cloth.leather,
    "paper": paper.paper,
    "cardboard": paper.cardboard,
    "wax": plastics.wax,
    "cork": wood.cork,
    "stone": mineral.stone,
    "marble": mineral.marble,
    "concrete": mineral.concrete,
    "plaster": mineral.plaster,
    "wallpaper": walls.wallpaper,
    "brick": walls.brick,
    "tiles": walls.tiles,
    "floorboards": wood.floorboards,
    "carpet": cloth.carpet,
    "soil": ground.soil,
    "grass": ground.grass,
    "fruit_skin": organic.fruit_skin,
    "citrus_skin": organic.citrus_skin,
    "bread_crust": organic.bread_crust,
    "leaf": organic.leaf,
    "foliage": organic.foliage,
    "liquid": glass.liquid,
    "print": paper.print_,
    "emission": light.emission,
    "tarmac": street.tarmac,
    "pane": street.pane,
    "turf": nature.turf,
    "rock": nature.rock,
    "mountain": nature.mountain,
    "sand": nature.sand,
    "snow": nature.snow,
    "water": nature.water,
    "bark": nature.bark,
    "leaves": nature.leaves,
    "denim": weave.denim,
    "knit": weave.knit,
    "velvet": weave.velvet,
    "corduroy": weave.corduroy,
    "wicker": weave.wicker,
    "paving": paving.paving,
    "cobbles": paving.cobbles,
    "terrazzo": paving.terrazzo,
    "mosaic": paving.mosaic,
    "slate": paving.slate,
    "roof_tiles": paving.roof_tiles,
    "parquet": paving.parquet,
    "linoleum": paving.linoleum,
    "galvanised": worked.galvanised,
    "rusted_metal": worked.rusted_metal,
    "hammered_metal": worked.hammered_metal,
    "chipboard": worked.chipboard,
    "stoneware": worked.stoneware,
    "stucco": worked.stucco,
    "frosted_glass": worked.frosted_glass,
    "cloth": people.cloth,
    "striped_cloth": people.striped_cloth,
    "skin": people.skin,
    "hair": people.hair,
}


def build_material(spec: Material) -> Any:
    """The material of this spec in the open Blender file, made once; it is named after the whole spec."""
    import bpy

    name = f"{spec.kind}-{hashlib.sha256(spec.model_dump_json().encode()).hexdigest()[:16]}"
    found = bpy.data.materials.get(name)
    if found is not None:
        return found
    material = bpy.data.materials.new(name)
    if spec.textures:
        from render.library.load import load_images

        textured(Graph(material.node_tree, spec), load_images(spec.textures))
    else:
        BUILDERS[spec.kind](Graph(material.node_tree, spec))
    return material
