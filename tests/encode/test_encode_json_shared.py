"""Documents are read alike by proof and by looking at each key, alone and with a member shared between them."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from encode.errors import FormatError
from encode.reading import json_text
from encode.reading.json_text import read_json, refuse_constant
from encode.reading.plain_json import InDoubtError, parse_plain
from encode.reading.shared_member import SharedMember

_SPEC = '{"objects":[{"at":[0.0012345678901234567,-1.5e-7,3],"name":"a"}],"seed":922337203685477580}'
_DEEP = "[" * 97 + "]" * 97

#: Documents with sound and unsound contents, some only by where the member `spec` is.
_DOCUMENTS = [
    f'{{"key":"s0","spec":{_SPEC},"width":4}}',
    f'{{"key":"s1","spec":{_SPEC},"width":5}}',
    f'{{"key": "s1", "spec": {_SPEC}, "width": 5}}',
    f'{{"key":"s1","spec":{_SPEC.replace("3]", "true]")},"width":5}}',
    f'{{"key":"s1","spec":{_SPEC.replace("3]", "4]")},"width":5}}',
    f'{{"key":"s1","spec":{_SPEC},"spec":{_SPEC}}}',
    f'{{"key":"s1","spec":{_SPEC},"spec":null}}',
    f'{{"key":"s1","render":{{"spec":{_SPEC}}},"spec":null}}',
    f'{{"key":"s1","render":{{"spec":{_SPEC}}},"sp\\u0065c":null}}',
    f'{{"key":"s1","render":{{"spec":{_SPEC}}},"spec":NaN}}',
    f'{{"key":"s1","render":{{"spec":{_SPEC}}}}}',
    f'{{"key":"s1","spec":{_SPEC}}}}}',
    f'{{"key":"s1","spec":{_SPEC}"a":1}}',
    f'[{{"spec":{_SPEC}}}]',
    f'{{"key":"\\"spec\\":{{}}","spec":{_SPEC}}}',
    f'{{"key":"a","key":"b","spec":{_SPEC}}}',
    f'{{"key":"10:30","spec":{_SPEC}}}',
    f'{{"key":"ä","spec":{_SPEC}}}',
    f'{{"key":"\\ud800","spec":{_SPEC}}}',
    f'{{"key":"7e123","spec":{_SPEC}}}',
    '{"spec":{"a":1,"a":1}}',
    '{"spec":{"a" :1,"a":1,"b":":"}}',
    '{"spec":{"a":NaN}}',
    '{"spec":{"a":9223372036854775807}}',
    '{"spec":{"a":9223372036854775808}}',
    '{"spec":{"a":-9223372036854775809}}',
    '{"spec":{"a":1e999}}',
    '{"spec":{"a":-1E+400,"b":"7e123"}}',
    '{"spec":{"a":' + "1" * 400 + ".5}}",
    '{"spec":{"a":0.' + "1" * 400 + ',"b":' + "1" * 20 + "}}",
    '{"spec":{"a":0.' + "0" * 400 + "1}}",
    '{"spec":{"a":' + _DEEP + "}}",
    '{"spec":{"a":[' + _DEEP + "]}}",
    '{"spec":{"a":[[' + _DEEP + "]]}}",
    '{"spec":{"k.0000000000000000000":99999999999999999999}}',
    '{"spec":{"k.' + "0" * 200 + '":99999999999999999999}}',
    '{"spec":{"a":"k.0000000000000000000"},"b":99999999999999999999}',
    '{"spec":{"7e123":1e999}}',
    '{"spec":{"a":[7e123,1e999]}}',
    '{"spec":{"a":"]]]","b":' + "[" * 101 + "]" * 101 + "}}",
    "1e999",
    "-1e999",
    "99999999999999999999",
    '"7e123"',
    '{"spec":[1]}',
    '{"spec":',
    "",
    "null",
]


@pytest.mark.parametrize("text", _DOCUMENTS)
def test_a_document_is_read_as_by_looking_at_each_key(text: str) -> None:
    assert _outcome(read_json, text) == _outcome(json_text._read_thoroughly, text)


@pytest.mark.parametrize("before", _DOCUMENTS[:5])
@pytest.mark.parametrize("text", _DOCUMENTS)
def test_a_shared_member_changes_nothing(before: str, text: str) -> None:
    specs = SharedMember("spec")
    for _ in range(2):
        assert _outcome(specs.read, before) == _outcome(read_json, before)
        assert _outcome(specs.read, text) == _outcome(read_json, text)


def test_the_member_is_shared_by_bytes_alone() -> None:
    specs = SharedMember("spec")
    first, second, true, other = (specs.read(_DOCUMENTS[i].encode(), "x")["spec"] for i in (0, 1, 3, 4))
    assert first is second
    assert true is not first
    assert true["objects"][0]["at"][2] is True
    assert other["objects"][0]["at"][2] == 4


@pytest.mark.parametrize("seed", range(20))
def test_a_changed_byte_changes_nothing_unnoticed(seed: int) -> None:
    rng = np.random.default_rng(seed)
    specs = SharedMember("spec")
    for _ in range(100):
        content = bytearray(_DOCUMENTS[int(rng.integers(2))].encode())
        content[int(rng.integers(len(content)))] = int(rng.choice(np.frombuffer(b'"{}[]:,\\e0919ntu. ', np.uint8)))
        text = content.decode()
        expected = _outcome(json_text._read_thoroughly, text)
        assert _outcome(read_json, text) == expected
        assert _outcome(specs.read, text) == expected


@pytest.mark.parametrize("seed", range(20))
def test_documents_of_hostile_parts_are_read_as_by_looking_at_each_key(seed: int) -> None:
    rng = np.random.default_rng(seed)
    parts = ['"a"', '"a.0000000000000000000"', '"7e123"', '":"', '"]"', '"\\u0041"', '"b c7e123"', '"spec"']
    values = [*parts, "1e999", "7e123", "1E+400", "0.00012345678901234567890123", "99999999999999999999", "-1", "NaN"]

    def value(levels: int) -> str:
        kind = rng.integers(3) if levels else 2
        if kind == 2:
            return str(rng.choice(values))
        items = [value(levels - 1) for _ in range(rng.integers(3))]
        if kind == 1:
            return f"[{','.join(items)}]"
        return "{" + ",".join(f"{rng.choice(parts)}:{item}" for item in items) + "}"

    specs = SharedMember("spec")
    for _ in range(300):
        text = value(4)
        expected = _outcome(json_text._read_thoroughly, text)
        assert _outcome(read_json, text) == expected
        assert _outcome(specs.read, text) == expected


def test_long_fractions_and_hashes_are_proved_sound() -> None:
    for text in ('{"a":[0.00012345678901234567,-0.1234567890123456789,1]}', '{"a":"7e1234","b":2}', '{"a":1.5e-300}'):
        assert parse_plain(text.encode(), refuse_constant)[1] == len(text)


def test_what_may_be_wrong_is_in_doubt() -> None:
    for text in ('{"a":1234567890123456789}', '{"a":1e400}', '{"a":"b:"}', '{"a":"\\u0041"}', '{"a":1,"a":2}'):
        with pytest.raises(InDoubtError):
            parse_plain(text.encode(), refuse_constant)


def _outcome(read: Callable[[bytes, str], Any], text: str) -> str:
    try:
        return repr(read(text.encode(), "document"))
    except FormatError as error:
        return f"refused: {error}"
