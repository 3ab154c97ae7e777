"""The configuration: what it accepts, what it says to what it does not, and what its fingerprints cover."""

from typing import Any

import pytest

from scenes import family_names
from verichrome.config.config import FRAME_FIELDS, LAYOUT_FIELDS, PAIR_FIELDS, Config
from verichrome.config.fingerprint import differences, frames_fingerprint, pairs_fingerprint
from verichrome.config.resolution import Size
from verichrome.configfile import dump, parse, resolve
from verichrome.errors import ConfigError, UsageError
from verichrome.validation_messages import closest

TASKS = "tasks must be among depth, normals, semantic, instance, referring, amodal, albedo, "
SIZES = "resolution must be a number of pixels such as 512, or a width and a height such as 640x480, "
FAMILIES = f"family must be one of {', '.join(family_names())} "
DEVICES = "device must be one of 'auto', 'cpu', 'optix', 'cuda', 'hip', 'metal' or 'oneapi', "


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"resolution": 0}, "resolution must have sides from 16 to 8192 pixels, got 0."),
        ({"resolution": "640x"}, SIZES + "got 640x."),
        ({"resolution": "100x64"}, "resolution must have sides that are multiples of 16 (side_multiple), got 100x64."),
        ({"samples": 0}, "samples must be at least 1, got 0."),
        ({"scenes": True}, "scenes must be a number, got True."),
        ({"gpus_per_worker": float("nan")}, "gpus_per_worker must be a finite number, got nan."),
        ({"resolution": 8, "side_multiple": 8}, "resolution must have sides from 16 to 8192 pixels, got 8."),
        (
            {"tasks": "depth,albedo"},
            "tasks must not name albedo unless frames keep the base colour (albedo: true or --albedo), "
            "got depth,albedo.",
        ),
        ({"samples": "many"}, "samples must be a whole number, got many."),
        ({"scenes": 1.5}, "scenes must be a whole number, got 1.5."),
        ({"seed": -1}, "seed must be at least 0, got -1."),
        ({"family": "shape"}, FAMILIES + "(did you mean shapes?), got shape."),
        ({"tasks": "depth,semantics"}, TASKS + "and semantics is not (did you mean semantic?), got depth,semantics."),
        ({"tasks": "depth,depth"}, "tasks must name each task once, got depth,depth."),
        ({"tasks": ""}, "tasks must name at least 1, got nothing."),
        ({"device": "gpu"}, DEVICES + "got gpu."),
        ({"denoise": "perhaps"}, "denoise must be true or false, got perhaps."),
        ({"parameters": "{"}, "parameters must be a YAML mapping such as '{objects: 6}', got {."),
        ({"family": "mix", "parameters": {"shapes": {"wight": 1}}}, "parameters.shapes.wight is no field (did you mean "
         "weight?); the fields are min_objects, max_objects, sky_share, weight."),
        ({"parameters": 3}, "parameters must be a mapping, got 3."),
    ],
)  # fmt: skip
def test_one_sentence_says_the_field_what_is_allowed_and_what_came(fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ConfigError) as error:
        resolve({"family": "shapes", **fields})
    assert str(error.value) == sentence


def test_an_unknown_field_gets_a_suggestion() -> None:
    with pytest.raises(ConfigError, match=r"^sceens is no field \(did you mean scenes\?\); the fields are family, "):
        resolve({"sceens": 3})


def test_an_unknown_parameter_gets_a_suggestion() -> None:
    with pytest.raises(ConfigError, match=r"^parameters\.min_object is no field \(did you mean min_objects\?\);"):
        resolve({"family": "shapes", "parameters": {"min_object": 3}})


def test_every_fault_is_told() -> None:
    with pytest.raises(ConfigError) as error:
        resolve({"samples": 0, "views": 0})
    assert str(error.value).splitlines() == ["views must be at least 1, got 0.", "samples must be at least 1, got 0."]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("- a\n- b\n", "The configuration c.yaml must be a mapping of field names to values."),
        (
            "a: [\n",
            "The configuration c.yaml: expected YAML, got a fault in line 2 (did not find expected node content).",
        ),
    ],
)
def test_a_file_that_is_no_configuration(text: str, sentence: str) -> None:
    with pytest.raises(UsageError) as error:
        parse(text, "c.yaml")
    assert str(error.value) == sentence


def test_later_layers_win() -> None:
    assert resolve({"samples": 4, "seed": 7}, {"samples": "8"}).samples == 8


def test_resolution_reads_numbers_and_texts() -> None:
    sizes = [resolve({"resolution": given}).resolution for given in (64, "64", "96x64", "96X64")]
    assert sizes == [Size(64, 64), Size(64, 64), Size(96, 64), Size(96, 64)]


def test_parameters_are_filled_in_by_the_family() -> None:
    config = resolve({"family": "shapes", "parameters": "{max_objects: 12}"})
    assert config.parameters["max_objects"] == 12
    assert "min_objects" in config.parameters


@pytest.mark.parametrize(
    "fields", [{}, {"family": "shapes", "resolution": "96x64", "tasks": "normals,depth", "workers": 3}]
)
def test_the_commented_yaml_reads_back_equal(fields: dict[str, Any]) -> None:
    config = resolve(fields)
    assert resolve(parse(dump(config), "dumped")) == config


def test_the_commented_yaml_explains_every_field() -> None:
    text = dump(resolve())
    for name, field in Config.model_fields.items():
        assert field.description
        assert f"\n{name}:" in "\n" + text
        assert field.description.split()[0] in text


def test_every_field_is_either_in_a_fingerprint_or_about_how_where_and_how_many() -> None:
    running = {
        "scenes", "side_multiple", "scene_retries", "scene_timeout", "workers", "cpus_per_worker", "gpus_per_worker",
        "worker_scenes", "worker_memory", "scene_memory", "address", "out",
        # Where the user's own things are; what they hold is `library`.
        "assets", "blend", "rules", "categories", "new_categories", "hdris", "materials",
    }  # fmt: skip
    assert running | {*FRAME_FIELDS, *PAIR_FIELDS, *LAYOUT_FIELDS} == set(Config.model_fields)
    assert not running & {*FRAME_FIELDS, *PAIR_FIELDS, *LAYOUT_FIELDS}


def test_running_it_otherwise_keeps_both_fingerprints() -> None:
    one, other = resolve(), resolve({"scenes": 9, "workers": 3, "cpus_per_worker": 7, "out": "/x", "address": "auto"})
    assert frames_fingerprint(one) == frames_fingerprint(other)
    assert pairs_fingerprint(one, "f") == pairs_fingerprint(other, "f")


def test_other_prompts_keep_the_frames() -> None:
    one, other = resolve(), resolve({"tasks": "depth"})
    assert frames_fingerprint(one) == frames_fingerprint(other)
    assert pairs_fingerprint(one, "f") != pairs_fingerprint(other, "f")


@pytest.mark.parametrize("fields", [{"samples": 4}, {"seed": 1}, {"resolution": 64}, {"views": 1}, {"denoise": False}])
def test_what_shapes_the_frames_changes_both(fields: dict[str, Any]) -> None:
    one, other = resolve(), resolve(fields)
    assert frames_fingerprint(one) != frames_fingerprint(other)
    assert pairs_fingerprint(one, frames_fingerprint(one)) != pairs_fingerprint(other, frames_fingerprint(other))


def test_the_order_of_tasks_does_not_matter() -> None:
    assert resolve({"tasks": "normals,depth"}) == resolve({"tasks": ["depth", "normals"]})


def test_differences_name_fields_and_both_values() -> None:
    old, new = resolve({"samples": 4}), resolve({"samples": 8, "tasks": "depth,normals", "scenes": 2})
    expected = (
        "samples is 4 there and 8 here, "
        "tasks is depth,normals,semantic,instance,referring,amodal there and depth,normals here"
    )
    assert differences(old, new) == expected


def test_nothing_near_suggests_nothing() -> None:
    assert closest("zzz", ["scenes"]) == ""
