"""mosaicml-streaming's StreamingDataset reads the export in sys.argv[1]."""

import sys

from pixels import print_pair
from streaming import StreamingDataset

for split in ("train", "heldout"):
    for pair in StreamingDataset(local=sys.argv[1], split=split, batch_size=1):
        print_pair(pair["key"], split, pair["prompt"], pair["source"], pair["target"])
