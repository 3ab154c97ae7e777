"""Ids stay what they are, no word names two categories, and size words fall where people agree."""

from collections import defaultdict

from encode.referring.visible import OBJECT_GROUPS
from scenes.colors import COLOR_NAMES
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
    names = [category.name for category in load_taxonomy().category]
    plurals = [category.plural for category in load_taxonomy().category]
    assert len(set(names)) == len(names)
    assert len(set(plurals)) == len(plurals)


def test_no_word_names_two_categories() -> None:
    named = defaultdict(set)
    for category in load_taxonomy().category:
        for word in (category.name, category.plural, *category.synonyms, category.supercategory):
            # A supercategory may be the word of all its members, never of one alone beside others.
            named[word.casefold()].add(category.supercategory if word == category.supercategory else category.name)
        assert len({category.name, *category.synonyms}) == 1 + len(category.synonyms)
    assert {word: names for word, names in named.items() if len(names) > 1} == {}


def test_a_synonym_says_nothing_that_an_attribute_says() -> None:
    """ "The wooden block" would be a toy block of any material."""
    attributes = {*COLOR_NAMES, "small", "large", "wood", "wooden", "glass", "metal", "plastic", "ceramic", "paper"}
    words = {
        word for category in load_taxonomy().category for synonym in category.synonyms for word in synonym.split()[:-1]
    }
    assert not words & attributes


def test_things_and_only_things_have_a_size() -> None:
    for category in load_taxonomy().category:
        assert (category.size is not None) == (category.kind == "thing")
        assert category.size is None or category.size[0] < category.size[1]


def test_size_words_leave_out_borderline_sizes() -> None:
    mug = load_taxonomy()["mug"]
    assert mug.size is not None
    low, high = mug.size
    words = [mug.size_word(low + share * (high - low)) for share in (0.0, 0.34, 0.5, 0.66, 1.0)]
    assert words == ["small", "", "medium", "", "large"]


def test_classes_of_other_data_sets_exist_there() -> None:
    """A sample of the names each data set has: a mapping to a class that does not exist would go unnoticed."""
    categories = {category.name: category for category in load_taxonomy().category}
    assert (categories["sofa"].coco, categories["sofa"].ade20k) == ("couch", "sofa")
    assert (categories["television"].coco, categories["television"].ade20k) == ("tv", "television receiver")
    assert (categories["wall"].coco, categories["ceiling"].coco) == ("wall-other-merged", "ceiling-merged")
    assert categories["sky"].cityscapes == "sky"
    assert categories["cube"].coco == categories["cube"].ade20k == ""
    assert sum(bool(category.ade20k) for category in categories.values()) >= 60


def test_fixed_categories_are_named_as_in_the_taxonomy() -> None:
    supercategories = {category.supercategory for category in load_taxonomy().category if category.kind == "thing"}
    assert supercategories >= IN_PLACE
    loose = {category.name for category in load_taxonomy().category if category.is_loose}
    assert {"mug", "desk lamp", "cube"} <= loose
    assert not {"table", "tablecloth", "window", "rug", "refrigerator", "wall"} & loose


def test_roles_in_expressions_name_existing_supercategories() -> None:
    assert {category.supercategory for category in load_taxonomy().category} >= OBJECT_GROUPS.keys()
