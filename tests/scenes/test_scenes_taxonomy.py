"""Ids stay what they are, and size words fall where people agree."""

from scenes.taxonomy import taxonomy

# An id is never reused: adding a category adds a line here, and no line ever changes.
FIXED = {
    "sky": 1,
    "backdrop": 2,
    "wall": 3,
    "floor": 4,
    "ground": 5,
    "table": 20,
    "cube": 100,
    "mug": 200,
    "saucer": 244,
}


def test_ids_are_fixed_and_words_unique() -> None:
    for name, number in FIXED.items():
        assert taxonomy()[name].id == number
    names = [entry.name for entry in taxonomy().category]
    plurals = [entry.plural for entry in taxonomy().category]
    assert len(set(names)) == len(names)
    assert len(set(plurals)) == len(plurals)


def test_every_category_has_synonyms_and_every_thing_a_size() -> None:
    for entry in taxonomy().category:
        assert entry.synonyms
        assert entry.name not in entry.synonyms
        assert (entry.size is not None) == (entry.kind == "thing")
        assert entry.size is None or entry.size[0] < entry.size[1]


def test_size_words_leave_out_the_doubtful() -> None:
    mug = taxonomy()["mug"]
    assert mug.size is not None
    low, high = mug.size
    words = [mug.size_word(low + share * (high - low)) for share in (0.0, 0.34, 0.5, 0.66, 1.0)]
    assert words == ["small", "", "medium", "", "large"]
