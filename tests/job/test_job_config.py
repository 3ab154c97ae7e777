"""The configuration: what it accepts, its validation messages, and what its fingerprints cover."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from encode import PairShares
from render.settings import QUALITY_SAMPLES
from scenes import family_names
from shards import Store
from verichrome.config import FIELDS, SECTIONS
from verichrome.config.fields import Size
from verichrome.config.fingerprint import LATER, differences, frames_fingerprint, pairs_fingerprint
from verichrome.configfile import dump, parse, resolve
from verichrome.errors import ConfigError, UsageError
from verichrome.output import stored_config
from verichrome.validation_messages import closest

TASKS = (
    "tasks must be among depth, normals, semantic, instance, referring, amodal, albedo, reasoning, interactive, "
    "parts, materials, boxes, points, keypoints, edges, panoptic, shading, "
)
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
        (
            {"tasks": "depth,parts"},
            "tasks must not name parts or materials unless frames keep them (surface: true or --surface), "
            "got depth,parts.",
        ),
        (
            {"motion_blur": True, "shading": True, "albedo": True},
            "motion_blur must be false where shading is kept, which is that of a sharp image, got true.",
        ),
        ({"samples": "many"}, "samples must be a whole number, got many."),
        ({"scenes": 1.5}, "scenes must be a whole number, got 1.5."),
        ({"seed": -1}, "seed must be at least 0, got -1."),
        ({"lone_share": 2}, "lone_share must be at most 1, got 2."),
        ({"family": "shape"}, FAMILIES + "(did you mean shapes?), got shape."),
        ({"tasks": "depth,semantics"}, TASKS + "and semantics is not (did you mean semantic?), got depth,semantics."),
        ({"tasks": "depth,depth"}, "tasks must name each task once, got depth,depth."),
        ({"tasks": ""}, "tasks must name at least 1, got nothing."),
        ({"device": "gpu"}, DEVICES + "got gpu."),
        ({"quality": "best"}, "quality must be one of 'draft', 'standard' or 'final', got best."),
        ({"quality": 4}, "quality must be one of 'draft', 'standard' or 'final', got 4."),
        ({"lens": "fish-eye"}, "lens must be one of pinhole, distorted, fisheye, mixed (did you mean fisheye?), "
         "got fish-eye."),
        ({"lens": "mixed", "device": "cuda"}, "device must be one of auto, cpu, optix unless the lens is pinhole, "
         "and it is mixed, got cuda."),
        ({"denoise": "perhaps"}, "denoise must be true or false, got perhaps."),
        ({"parameters": "{"}, "parameters must be a YAML mapping such as '{objects: 6}', got {."),
        ({"family": "mix", "parameters": {"shapes": {"wight": 1}}}, "parameters.shapes.wight is not a field "
         "(did you mean weight?); the fields are min_objects, max_objects, sky_share, weight."),
        ({"parameters": 3}, "parameters must be a mapping, got 3."),
    ],
)  # fmt: skip
def test_a_validation_message_names_field_allowed_values_and_value(fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ConfigError) as error:
        resolve({"family": "shapes", **fields})
    assert str(error.value) == sentence


def test_the_default_shares_are_those_of_encode() -> None:
    assert resolve().pairs.shares() == PairShares()
    assert resolve({"lone_share": "0.5"}).pairs.shares() == PairShares(lone_share=0.5)


def test_an_unknown_field_gets_a_suggestion() -> None:
    with pytest.raises(ConfigError, match=r"^sceens is not a field \(did you mean scenes\?\); the fields are family, "):
        resolve({"sceens": 3})


def test_an_unknown_parameter_gets_a_suggestion() -> None:
    with pytest.raises(ConfigError, match=r"^parameters\.min_object is not a field \(did you mean min_objects\?\);"):
        resolve({"family": "shapes", "parameters": {"min_object": 3}})


def test_every_wrong_field_is_reported() -> None:
    with pytest.raises(ConfigError) as error:
        resolve({"samples": 0, "views": 0})
    assert str(error.value).splitlines() == ["views must be at least 1, got 0.", "samples must be at least 1, got 0."]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("- a\n- b\n", "The configuration c.yaml must be a mapping of section names to fields."),
        (
            "a: [\n",
            "The configuration c.yaml: expected YAML, got an error in line 2 (did not find expected node content).",
        ),
    ],
)
def test_a_file_that_is_not_a_configuration_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(UsageError) as error:
        parse(text, "c.yaml")
    assert str(error.value) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "family: room\nscenes: 4\nsamples: 8\n",
            "The configuration c.yaml is of format 1, which had no sections: set `format: 2` and put its fields under "
            "their sections (family under scenes:, samples under render:, scenes under job:), as `verichrome config` "
            "prints them.",
        ),
        ("scenes: 4\n", "The configuration c.yaml is of format 1, "),
        ("format: 3\n", "format must be 2, got 3: a file of another version."),
        ("format: 2\nscenes: 4\n", "scenes must be a mapping of fields to values, got 4; set the number "
         "of scenes under job:."),
        ("render: {family: room}\n", "family belongs under scenes:, not under render:."),
        ("render: {samples: 8}\nworkers: 2\n", "workers belongs under job:, not under the top of the file."),
        ("render: {smaples: 8}\n", "render.smaples is not a field (did you mean samples?); the fields are "),
        ("rendering: {}\n", "rendering is not a section (did you mean render?); the sections are scenes, render, "),
        ("job: 3\n", "job must be a mapping of fields to values, got 3."),
        ("job: {1: 2}\n", "job.1 is not a field; the fields are scenes, "),
    ],
)  # fmt: skip
def test_a_field_in_the_wrong_section_is_named_with_its_section(text: str, sentence: str) -> None:
    with pytest.raises(UsageError) as error:
        parse(text, "c.yaml")
    assert str(error.value).startswith(sentence)
    assert "\n" not in str(error.value)


def test_sections_may_be_left_out_or_empty() -> None:
    assert resolve(parse("scenes:\nrender: {samples: 4}\n", "c.yaml")) == resolve({"samples": 4})


def test_a_quality_has_samples_of_its_own() -> None:
    assert {quality: resolve({"quality": quality}).render.samples for quality in QUALITY_SAMPLES} == QUALITY_SAMPLES
    assert resolve().render.samples == QUALITY_SAMPLES["standard"]
    assert resolve({"quality": "final", "samples": 7}).render.samples == 7


def test_a_later_quality_takes_the_place_of_earlier_samples() -> None:
    saved = parse(dump(resolve({"quality": "draft"})), "config.yaml")
    assert resolve(saved).render.samples == QUALITY_SAMPLES["draft"]
    assert resolve(saved, {"quality": "final"}).render.samples == QUALITY_SAMPLES["final"]
    assert resolve(saved, {"samples": "9"}).render.samples == 9
    assert resolve({"samples": 9}, {"quality": "final", "samples": 8}).render.samples == 8


def test_later_layers_win() -> None:
    assert resolve({"samples": 4, "seed": 7}, {"samples": "8"}).render.samples == 8


def test_resolution_reads_numbers_and_texts() -> None:
    sizes = [resolve({"resolution": size}).render.resolution for size in (64, "64", "96x64", "96X64")]
    assert sizes == [Size(64, 64), Size(64, 64), Size(96, 64), Size(96, 64)]


def test_parameters_are_filled_in_by_the_family() -> None:
    config = resolve({"family": "shapes", "parameters": "{max_objects: 12}"})
    assert config.scenes.parameters["max_objects"] == 12
    assert "min_objects" in config.scenes.parameters


@pytest.mark.parametrize(
    "fields", [{}, {"family": "shapes", "resolution": "96x64", "tasks": "normals,depth", "workers": 3}]
)
def test_the_commented_yaml_reads_back_equal(fields: dict[str, Any]) -> None:
    config = resolve(fields)
    assert resolve(parse(dump(config), "dumped")) == config


def test_the_commented_yaml_explains_every_field() -> None:
    text = dump(resolve())
    for name, field in FIELDS.items():
        assert field.description
        assert f"\n  {name}:" in text
        assert field.description.split()[0] in text


def test_a_field_has_one_name_in_all_sections() -> None:
    assert sum(len(model.model_fields) for model in SECTIONS.values()) == len(FIELDS)


def test_the_sections_alone_decide_the_fingerprints() -> None:
    config = resolve()
    job = resolve({"scenes": 9, "scenes_per_shard": 1, "side_multiple": 8, "scene_retries": 0, "worker_scenes": 1})
    assert frames_fingerprint(config) == frames_fingerprint(job)
    assert pairs_fingerprint(config, "f") == pairs_fingerprint(job, "f")


def test_job_settings_do_not_change_the_fingerprints() -> None:
    one, other = resolve(), resolve({"scenes": 9, "workers": 3, "cpus_per_worker": 7, "out": "/x", "address": "auto"})
    assert frames_fingerprint(one) == frames_fingerprint(other)
    assert pairs_fingerprint(one, "f") == pairs_fingerprint(other, "f")


def test_fields_that_were_added_leave_the_fingerprints_of_older_data_sets() -> None:
    config = resolve(LATER)
    sections = {name: getattr(config, name).model_dump(mode="json") for name in ("scenes", "render")}
    del sections["scenes"]["lens"]
    for name in ("quality", "surface", "shading", "depth_of_field", "motion_blur", "photo"):
        del sections["render"][name]
    text = json.dumps(sections, sort_keys=True, separators=(",", ":"))
    assert frames_fingerprint(config) == hashlib.sha256(text.encode()).hexdigest()
    for change in (
        {"lens": "fisheye"},
        {"quality": "draft"},
        {"surface": True},
        {"photo": True},
        {"shading": True, "albedo": True},
        {"motion_blur": True},
    ):
        assert frames_fingerprint(config) != frames_fingerprint(resolve(LATER, change))


def test_other_prompts_keep_the_frames() -> None:
    one, other = resolve(), resolve({"tasks": "depth"})
    assert frames_fingerprint(one) == frames_fingerprint(other)
    assert pairs_fingerprint(one, "f") != pairs_fingerprint(other, "f")


@pytest.mark.parametrize("fields", [{"samples": 4}, {"seed": 1}, {"resolution": 64}, {"views": 1}, {"lens": "fisheye"}])
def test_frame_settings_change_both_fingerprints(fields: dict[str, Any]) -> None:
    one, other = resolve(), resolve(fields)
    assert frames_fingerprint(one) != frames_fingerprint(other)
    assert pairs_fingerprint(one, frames_fingerprint(one)) != pairs_fingerprint(other, frames_fingerprint(other))


def test_a_folder_made_before_photographs_is_one_without_them(tmp_path: Path) -> None:
    """Its config.yaml does not name the field; its fingerprint stays, and is that of `--no-photo`."""
    before = dump(resolve({"photo": False}), "").replace("  photo: false\n", "")
    assert "photo:" not in before
    (tmp_path / "config.yaml").write_text(before)
    stored = stored_config(Store(str(tmp_path)))
    assert stored is not None
    assert not stored.render.photo
    assert frames_fingerprint(stored) == frames_fingerprint(resolve({"photo": False}))
    assert frames_fingerprint(stored) != frames_fingerprint(resolve())
    assert differences(stored, resolve()) == "photo is False there and True here"


def test_the_order_of_tasks_does_not_matter() -> None:
    assert resolve({"tasks": "normals,depth"}) == resolve({"tasks": ["depth", "normals"]})


def test_differences_name_fields_and_both_values() -> None:
    old, new = resolve({"samples": 4}), resolve({"samples": 8, "tasks": "depth,normals", "scenes": 2})
    expected = (
        "samples is 4 there and 8 here, "
        "tasks is depth,normals,semantic,instance,referring,amodal there and depth,normals here"
    )
    assert differences(old, new) == expected


def test_no_suggestion_is_made_without_a_similar_name() -> None:
    assert closest("zzz", ["scenes"]) == ""
