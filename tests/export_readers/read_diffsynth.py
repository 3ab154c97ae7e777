"""DiffSynth-Studio's UnifiedDataset reads the export in sys.argv[1], with the operators of its training scripts."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

from pixels import print_pair

# The package's own __init__ imports every model: only the data set's module and what that imports is wanted.
spec = importlib.util.find_spec("diffsynth")
assert spec is not None
assert spec.submodule_search_locations is not None
for name in ("diffsynth", "diffsynth.core"):
    package = ModuleType(name)
    package.__path__ = [str(Path(spec.submodule_search_locations[0], *name.split(".")[1:]))]
    sys.modules[name] = package

from diffsynth.core.data.unified_dataset import UnifiedDataset  # noqa: E402

for split in ("train", "heldout"):
    index = f"{sys.argv[1]}/metadata_{split}.jsonl"
    keys = [Path(json.loads(line)["image"]).stem for line in Path(index).read_text().split("\n")[:-1]]
    pairs = UnifiedDataset(
        base_path=sys.argv[1],
        metadata_path=index,
        data_file_keys=("image", "edit_image"),
        main_data_operator=UnifiedDataset.default_image_operator(base_path=sys.argv[1]),
    )
    assert len(pairs) == len(keys)
    for key, pair in zip(keys, map(pairs.__getitem__, range(len(keys))), strict=True):
        print_pair(key, split, pair["prompt"], pair["edit_image"], pair["image"])
