"""webshart reads the targets and the sources of the export in sys.argv[1], at the same indices."""

import sys
from pathlib import Path

import webshart
from pixels import print_pair

for split in ("train", "heldout"):
    loaders = []
    for side in ("targets", "sources"):
        dataset = webshart.discover_dataset(source=f"{sys.argv[1]}/{split}/{side}")
        loaders.append(webshart.TarDataLoader(dataset, load_file_data=True))
    for shard in range(dataset.num_shards):
        # What SimpleTuner sorts by size.
        (buckets,) = loaders[0].list_shard_sample_aspect_buckets([shard], key="geometry-tuple")
        items = [item for bucket in buckets["buckets"].values() for item in bucket]
        for index in range(dataset.get_shard_sample_count(shard)):
            target, source = (loader.load_sample(shard, index) for loader in loaders)
            key = Path(target.path).stem
            assert key == Path(source.path).stem
            assert target.path in {item["filename"] for item in items if item["sample_idx"] == index}
            print_pair(key, split, target.captions, bytes(source.data), bytes(target.data))
