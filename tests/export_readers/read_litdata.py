"""litdata's StreamingDataset reads the export in sys.argv[1]."""

import sys

from litdata import StreamingDataset
from pixels import print_pair

for split in ("train", "heldout"):
    pairs = StreamingDataset(f"{sys.argv[1]}/{split}")
    for pair in map(pairs.__getitem__, range(len(pairs))):
        print_pair(pair["key"], split, pair["prompt"], bytes(pair["source"]), bytes(pair["target"]))
