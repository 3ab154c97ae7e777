"""Tars of our own writer against those of Python's tarfile and of webdataset."""

import io
import tarfile

import pytest
import webdataset
from hypothesis import given
from hypothesis import strategies as st

from shards.tar_stream import TarStream


def ours(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    tar = TarStream(stream)
    for name, content in members.items():
        tar.add(name, content)
    tar.close()
    assert tar.size == len(stream.getvalue())
    return stream.getvalue()


def by_webdataset(key: str, members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with webdataset.TarWriter(stream, encoder=False, mtime=0, mode=0o444, user="root", group="root") as tar:
        tar.write({"__key__": key, **members})
    return stream.getvalue()


@given(sizes=st.lists(st.integers(0, 1100), max_size=12))
def test_members_come_back_by_tarfile(sizes: list[int]) -> None:
    members = {f"s{number:07d}.a.bin": bytes([number]) * size for number, size in enumerate(sizes)}
    with tarfile.open(fileobj=io.BytesIO(ours(members))) as tar:
        read = [(member, tar.extractfile(member)) for member in tar]
        assert {member.name: stream.read() for member, stream in read if stream is not None} == members
        assert all((member.mtime, member.uname, member.mode) == (0, "root", 0o444) for member, _ in read)


# The end of a tar fills up a record of 10240 bytes: the last size leaves no room in it for two empty blocks.
@pytest.mark.parametrize("size", [0, 1, 511, 512, 513, 100_000, 10240 - 1024, 10240 - 1536])
def test_bytes_are_those_of_webdataset(size: int) -> None:
    members = {"image.png": bytes(range(256)) * (size // 256) + b"x" * (size % 256), "scene.json": b"{}"}
    expected = by_webdataset("s0000001-v00", members)
    assert ours({f"s0000001-v00.{suffix}": content for suffix, content in members.items()}) == expected
