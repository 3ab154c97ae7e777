"""A cooker for megatron-energon: what it makes of the pairs that `verichrome export --format energon` wrote.

python examples/energon_cooker.py EXPORT prints the first pairs.
"""

import sys
from typing import Any, ClassVar

from megatron.energon import (
    Cooker,
    DefaultTaskEncoder,
    Sample,
    SampleDecoder,
    WorkerConfig,
    basic_sample_keys,
    edataclass,
    get_loader,
    get_train_dataset,
    stateless,
)


@edataclass
class PairSample(Sample):  # type: ignore[misc]
    """A pair: RGB images (3 h w, float, 0 to 1), the prompt, and meta.json, which decoding needs."""

    source: Any
    target: Any
    prompt: str
    meta: dict[str, Any]


@stateless  # type: ignore[untyped-decorator]
def cook_pair(sample: dict[str, Any]) -> PairSample:
    """The members of the shard as fields; the source may be stored as .png, .jpg or .webp."""
    (source,) = (name for name in sample if name.startswith("source."))
    return PairSample(
        **basic_sample_keys(sample),
        source=sample[source],
        target=sample["target.png"],
        prompt=sample["prompt.txt"],
        meta=sample["meta.json"],
    )


class PairTaskEncoder(DefaultTaskEncoder):  # type: ignore[misc]
    """What a training script hands to `get_train_dataset`."""

    decoder = SampleDecoder(image_decode="torchrgb")
    cookers: ClassVar = [Cooker(cook_pair)]


if __name__ == "__main__":
    workers = WorkerConfig(rank=0, world_size=1, num_workers=0)
    pairs = get_train_dataset(
        sys.argv[1],
        worker_config=workers,
        batch_size=None,
        shuffle_buffer_size=None,
        max_samples_per_sequence=None,
        task_encoder=PairTaskEncoder(),
        repeat=False,
    )
    for number, pair in zip(range(3), get_loader(pairs), strict=False):
        sys.stdout.write(f"{number} {pair.__key__} {pair.meta['task']} {tuple(pair.target.shape)} {pair.prompt!r}\n")
