"""Read committed shards as streams, and detect incomplete ones."""

from collections.abc import Iterator, Mapping

from encode import FormatError, Frame
from encode.reading.short_text import short_repr
from shards.checksums import CheckedReader, Checksum, Crc32, Sha256
from shards.errors import DamagedShard
from shards.frames import read_frame
from shards.layout import parse_shard, shard_name
from shards.pairs import StoredPair, read_pair
from shards.reading.limits import MOST_MEMBERS
from shards.reading.tar_member import BLOCK, TarMember, padded, read_header
from shards.receipt import Receipt
from shards.receipts import read_receipt, read_receipts
from shards.store import Store

__all__ = ["iter_frames", "iter_frames_of", "iter_pairs", "iter_shard"]


def iter_shard(
    store: Store, name: str, receipt: Receipt | None = None, *, sha256: bool = False
) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Yield (key, members by suffix) of a committed shard in order, one sample in memory at a time.

    The shard's receipt is looked up unless it is given. Size is checked before the first sample; keys, count and
    CRC-32 when the last has been taken, and SHA-256 too where it is asked for, which takes most of the time of reading,
    or where the receipt, of an earlier version, has no CRC-32. Raises DamagedShard, or StoreError if shard or receipt
    is not there.
    """
    receipt = receipt or _receipt_of(store, name)
    expected: dict[Checksum, str] = {Crc32(): receipt.crc32} if receipt.crc32 else {}
    if sha256 or not expected:
        expected[Sha256()] = receipt.sha256
    pixels = {row.key: row.width * row.height for row in receipt.frames}
    size = store.size(name)
    if size != receipt.bytes:
        raise DamagedShard(f"{store.where(name)}: expected {receipt.bytes} bytes by its receipt, got {size}")
    with store.open(name) as stream:
        source = CheckedReader(stream, *expected)
        keys = []
        for key, members in _samples(source, size, store.where(name), pixels):
            keys.append(key)
            yield key, members
        source.drain()
    for checksum, digest in expected.items():
        if checksum.hexdigest() != digest:
            raise DamagedShard(f"{store.where(name)}: expected {checksum.name} {digest}, got {checksum.hexdigest()}")
    if tuple(keys) != receipt.keys:
        raise DamagedShard(f"{store.where(name)}: expected {receipt.samples} samples by its receipt, got {len(keys)}")


def iter_frames(store: Store) -> Iterator[Frame]:
    """Yield every committed frame in order, one in memory at a time; raises ShardError at the first fault."""
    for receipt in read_receipts(store, "frames"):
        for frame, _ in iter_frames_of(store, receipt):
            yield frame


def iter_frames_of(store: Store, receipt: Receipt) -> Iterator[tuple[Frame, dict[str, bytes]]]:
    """Yield each frame of a shard with its members, of the size that its row has; raises ShardError."""
    shapes = {row.key: (row.height, row.width) for row in receipt.frames}
    for key, members in iter_shard(store, shard_name("frames", receipt.index), receipt):
        frame = read_frame(members, shapes.get(key))
        if frame.key != key:
            raise DamagedShard(f"{store.where(receipt.file)}: {key}.scene.json is that of {frame.key}")
        yield frame, members


def iter_pairs(store: Store) -> Iterator[StoredPair]:
    """Yield every committed pair in order, one in memory at a time; raises ShardError at the first fault."""
    for receipt in read_receipts(store, "pairs"):
        for key, members in iter_shard(store, shard_name("pairs", receipt.index), receipt):
            yield read_pair(key, members)


def _receipt_of(store: Store, name: str) -> Receipt:
    parsed = parse_shard(name)
    if parsed is None:
        raise DamagedShard(f"{store.where(name)}: expected a name like 'frames/frames-000000.tar'")
    return read_receipt(store, *parsed)


def _samples(
    source: CheckedReader, size: int, where: str, pixels: Mapping[str, int]
) -> Iterator[tuple[str, dict[str, bytes]]]:
    key, members = "", dict[str, bytes]()
    for member, content in _members(source, size, where, pixels):
        if member.key != key:
            if members:
                yield key, members
            key, members = member.key, {}
        if member.suffix in members or len(members) == MOST_MEMBERS:
            again = "comes twice" if member.suffix in members else f"is one of more than {MOST_MEMBERS}"
            raise DamagedShard(f"{where}: the member {short_repr(f'{key}.{member.suffix}')} {again}")
        members[member.suffix] = content
    if members:
        yield key, members


def _members(
    source: CheckedReader, size: int, where: str, pixels: Mapping[str, int]
) -> Iterator[tuple[TarMember, bytes]]:
    """Each member with its content; `pixels` are those of the samples, as far as they are known, by key."""
    while block := source.read(BLOCK):
        try:
            member = read_header(block, size - source.size, where, pixels)
        except FormatError as error:
            raise DamagedShard(str(error)) from error
        if member is None:
            return
        content = source.read(member.size)
        source.read(padded(member.size) - member.size)
        if len(content) < member.size:
            raise DamagedShard(f"{where}: expected {member.size} bytes of {member.key}.{member.suffix}, the file ends")
        yield member, content
