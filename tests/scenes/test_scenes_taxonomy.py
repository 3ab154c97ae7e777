"""Ids stay what they are, no word names two categories, and size words fall where people agree."""

from collections import defaultdict

from encode.referring.visible import OBJECT_GROUPS
from scenes.colors import COLOR_WORDS
from scenes.taxonomy import IN_PLACE, load_taxonomy

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
        assert load_taxonomy()[name].id == number
    names = [entry.name for entry in load_taxonomy().category]
    plurals = [entry.plural for entry in load_taxonomy().category]
    assert len(set(names)) == len(names)
    assert len(set(plurals)) == len(plurals)


def test_no_word_names_two_categories() -> None:
    named = defaultdict(set)
    for entry in load_taxonomy().category:
        for word in (entry.name, entry.plural, *entry.synonyms, entry.supercategory):
            # A supercategory may be the word of all its members, never of one alone beside others.
            named[word.casefold()].add(entry.supercategory if word == entry.supercategory else entry.name)
        assert len({entry.name, *entry.synonyms}) == 1 + len(entry.synonyms)
    assert {word: names for word, names in named.items() if len(names) > 1} == {}


def test_a_synonym_says_nothing_that_an_attribute_says() -> None:
    """ "The wooden block" would be a toy block of any material."""
    attributes = {*COLOR_WORDS, "small", "large", "wood", "wooden", "glass", "metal", "plastic", "ceramic", "paper"}
    words = {word for entry in load_taxonomy().category for synonym in entry.synonyms for word in synonym.split()[:-1]}
    assert not words & attributes


def test_things_and_only_things_have_a_size() -> None:
    for entry in load_taxonomy().category:
        assert (entry.size is not None) == (entry.kind == "thing")
        assert entry.size is None or entry.size[0] < entry.size[1]


def test_size_words_leave_out_the_doubtful() -> None:
    mug = load_taxonomy()["mug"]
    assert mug.size is not None
    low, high = mug.size
    words = [mug.size_word(low + share * (high - low)) for share in (0.0, 0.34, 0.5, 0.66, 1.0)]
    assert words == ["small", "", "medium", "", "large"]


def test_classes_of_other_data_sets_are_theirs() -> None:
    """A sample of the names each data set has: a mapping to a class that does not exist would go unnoticed."""
    entries = {entry.name: entry for entry in load_taxonomy().category}
    assert (entries["sofa"].coco, entries["sofa"].ade20k) == ("couch", "sofa")
    assert (entries["television"].coco, entries["television"].ade20k) == ("tv", "television receiver")
    assert (entries["wall"].coco, entries["ceiling"].coco) == ("wall-other-merged", "ceiling-merged")
    assert entries["sky"].cityscapes == "sky"
    assert entries["cube"].coco == entries["cube"].ade20k == ""
    assert sum(bool(entry.ade20k) for entry in entries.values()) >= 60


def test_what_stays_in_place_is_named_as_the_taxonomy_has_it() -> None:
    things = {entry.supercategory for entry in load_taxonomy().category if entry.kind == "thing"}
    assert things >= IN_PLACE
    loose = {entry.name for entry in load_taxonomy().category if entry.is_loose}
    assert {"mug", "desk lamp", "cube"} <= loose
    assert not {"table", "tablecloth", "window", "rug", "refrigerator", "wall"} & loose


def test_roles_in_expressions_are_of_supercategories_that_there_are() -> None:
    assert {entry.supercategory for entry in load_taxonomy().category} >= OBJECT_GROUPS.keys()
