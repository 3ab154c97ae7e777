"""NeMo AutoModel's reader of manifests reads the export in sys.argv[1]."""

import sys
from pathlib import Path

from nemo_automodel.components.models.qwen_image_edit import preprocessing
from pixels import print_pair

for split in ("train", "heldout"):
    samples = preprocessing._read_manifest(Path(sys.argv[1], f"{split}.jsonl"))
    assert preprocessing._shared_metadata_string(samples, "dataset_split") == split
    assert preprocessing._shared_metadata_string(samples, "dataset_name") == "verichrome"
    for sample in samples:
        paths = {media.role: media.path for media in sample.media}
        assert paths["context"] == paths["condition"]
        print_pair(sample.identifier, split, sample.prompt, paths["context"], paths["target"])
