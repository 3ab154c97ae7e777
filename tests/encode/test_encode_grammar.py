"""Templates, legends and the way back from text: every template, every notation, every style."""

import re

import numpy as np
import pytest

from encode import CodecParameter, PromptError, parse
from encode.colors.legend import draw_colors
from encode.colors.notation import NOTATIONS, write_color
from encode.depth.corners import corner_depths
from encode.depth.transform import DepthTransform
from encode.edges.kinds import COLOR_SLOTS
from encode.keypoints.words import HIDDEN_WORDS
from encode.prompts.grammar import (
    ChoiceNode,
    SlotNode,
    TextNode,
    expand_fragments,
    fixed_texts,
    holds_in_order,
    parse_template,
    slot_names,
    template_pattern,
    write_prompt,
)
from encode.prompts.legend import (
    LABEL_SET_NAMES,
    LEGEND_SLOTS,
    LIST_STYLES,
    SENTENCE_STYLES,
    STATEMENT_STYLES,
    LegendStyle,
    join_words,
    read_legend,
    split_words,
)
from encode.prompts.marks import CANVASES, EXCLUDED, MARK_KINDS, MARKED
from encode.prompts.parser import parameters_note
from encode.prompts.template import SPLITS, Template, choose_template, templates
from encode.prompts.text_legend import TEXT_FORM
from encode.prompts.thing_colors import THING_STYLES
from encode.registry import built_in_task_names

TASKS = built_in_task_names()


def test_a_template_is_text_choices_and_slots() -> None:
    tree = parse_template("[A|The [big |]]{noun}.")
    assert isinstance(tree.nodes[0], ChoiceNode)
    assert tree.nodes[1:] == (SlotNode("noun"), TextNode("."))
    assert slot_names(tree) == {"noun"}
    written = {write_prompt(tree, np.random.default_rng(seed), {"noun": "cat"}) for seed in range(40)}
    assert written == {"Acat.", "The big cat.", "The cat."}
    assert all(re.fullmatch(template_pattern(tree, {"noun": "[a-z]+"}), text) for text in written)


def test_the_words_that_a_template_always_has_rule_out_no_prompt_of_it() -> None:
    every = templates()
    texts = [template.text for template in every if not template.slots and "[" not in template.text]
    assert texts
    for text in texts:
        assert [t.id for t in every if t.match(text)] == [t.id for t in every if re.fullmatch(t.pattern, text)] != []
    tree = parse_template("a[b|]c{noun}d")
    assert holds_in_order("abcxd", fixed_texts(tree))
    assert not holds_in_order("acx", fixed_texts(tree))
    assert not holds_in_order("cad", fixed_texts(tree))


def test_fragments_stand_in_templates_and_in_one_another() -> None:
    assert expand_fragments("<a> b <c-d>.", {"a": "[x|y]", "c-d": "{noun}"}) == "[x|y] b {noun}."
    with pytest.raises(PromptError, match=r"fragment of a template: expected one of \['a'\], got b"):
        expand_fragments("<b>", {"a": ""})


@pytest.mark.parametrize("task", ["depth", "normals"])
def test_held_out_prompts_share_no_sentence_with_training_prompts(task: str) -> None:
    values = {"palette": "viridis", "low": "0.82", "high": "14", "corners": corner_depths(DepthTransform())}
    sentences: dict[str, set[str]] = {split: set() for split in SPLITS}
    prompts: dict[str, set[str]] = {split: set() for split in SPLITS}
    for template in templates(task):
        for seed in range(120):
            prompt = template.write(np.random.default_rng(seed), values)
            prompts[template.split].add(prompt)
            sentences[template.split].update(re.split(r"(?<=[.?:;]) ", prompt))
    assert not sentences["train"] & sentences["heldout"]
    assert len(prompts["train"]) > 800
    assert len(prompts["heldout"]) > 300


@pytest.mark.parametrize("text", ["[a|b", "a]b", "{Noun}", "a{b", "a|b"])
def test_bad_templates_are_refused(text: str) -> None:
    with pytest.raises(PromptError, match=r"template: expected .* got"):
        parse_template(text)


def test_a_slot_without_a_value_is_named() -> None:
    with pytest.raises(PromptError, match=r"expected one of \['color'\], got noun"):
        write_prompt(parse_template("{noun}"), np.random.default_rng(0), {"color": "red"})


@pytest.mark.parametrize("task", TASKS)
def test_every_task_has_twenty_templates_in_both_voices_and_splits(task: str) -> None:
    task_templates = templates(task)
    assert len(task_templates) >= 20
    for split in SPLITS:
        assert {t.voice for t in task_templates if t.split == split} == {"imperative", "declarative"}
        assert len([t for t in task_templates if t.split == split]) >= 4
    assert len({t.id for t in task_templates}) == len(task_templates)
    # Disjoint splits: no held-out wording may be a training one too.
    trees = [t.tree for t in task_templates]
    assert len({repr(tree) for tree in trees}) == len(trees)


def test_both_splits_can_write_every_codec() -> None:
    for split in SPLITS:
        for codec in ("cube-walk", "palette", "inverse-gray", "log-gray", "relative-log-gray"):
            voices = {t.voice for t in templates("depth") if t.codec == codec and t.split == split}
            assert voices == {"imperative", "declarative"}


def test_an_unknown_split_is_refused() -> None:
    with pytest.raises(PromptError, match="split: expected one of train, heldout, got 'test'"):
        choose_template(np.random.default_rng(0), "depth", "test")


def written(template: Template, notation: str, seed: int) -> tuple[str, dict[str, object]]:
    """A prompt from made-up values, and what it must be parsed to."""
    rng = np.random.default_rng((seed, NOTATIONS.index(notation)))
    named = notation == "name"
    background, *colors = draw_colors(rng, 4, named=named) or []
    text = [write_color(color, notation) for color in colors]
    back = write_color(background, notation)
    values = {"noun": "coffee table", "plural": "coffee tables", "palette": "Viridis", "background": back}
    values["label_set"] = LABEL_SET_NAMES[seed % len(LABEL_SET_NAMES)]
    values |= {"low": "0.82", "high": "14", "corners": corner_depths(DepthTransform())}
    expected: dict[str, object] = {"task": template.task, "template": template.id, "split": template.split}
    labels = ["chair", "potted plants", "T-shirt"]
    rows = list(zip(labels, text, strict=True))
    slot = next((slot for slot in LEGEND_SLOTS if slot in template.slots), "")
    if "label_set" in template.slots:
        expected["label_set"] = values["label_set"]
    if slot:
        if "background" not in template.slots:
            rows.append(("the background" if slot == "sentence" else "background", back))
        values[slot] = LEGEND_SLOTS[slot][seed % len(LEGEND_SLOTS[slot])].write(rows, {"potted plants"})
        expected |= {"legend": tuple(zip(labels, colors, strict=True)), "background": background}
    if template.task == "instance":
        values["colors"] = join_words(text)
        expected["label"] = "coffee table" if "noun" in template.slots else "coffee tables"
        expected["colors"] = tuple(colors) if "colors" in template.slots else ()
        expected["background"] = background if "background" in template.slots else (0, 0, 0)
    if template.task == "referring":
        phrases = ["the red mug that is in front of the box", "all the other mugs"][: 1 + seed % 2]
        if "targets" not in template.slots:
            phrases = phrases[:1]
        values["targets"] = SENTENCE_STYLES[0].write(list(zip(phrases, text, strict=False)))
        values |= {"phrase": phrases[0], "color": text[0]}
        expected["legend"] = tuple(zip(phrases, colors, strict=False))
        expected["background"] = background if "background" in template.slots else (0, 0, 0)
    if template.task == "amodal":
        values |= {"phrase": "the mug in the bowl on the left", "color": text[0]}
        expected |= {"legend": ((values["phrase"], colors[0]),), "background": background}
    if template.task == "edges":
        slots = [slot for slot in COLOR_SLOTS if slot in template.slots]
        values |= {"width": "4", **dict(zip(slots, text, strict=False))}
        expected["legend"] = tuple(zip((COLOR_SLOTS[slot] for slot in slots), colors, strict=False))
        expected |= {"background": background, "codec_parameters": (CodecParameter("line_width", 4.0),)}
    if template.task == "parts":
        values["phrase"] = expected["phrase"] = "all the mugs in the bowl"
    if template.task == "reasoning":
        values |= {"question": "I am thirsty. What, if full, would help?", "wanted": "what would fall from the table"}
        values["color"] = text[0]
        label = next(values[slot] for slot in ("question", "wanted") if slot in template.slots)
        expected["legend"] = ((label, colors[0]),)
        expected["background"] = background if "background" in template.slots else (0, 0, 0)
    if template.task == "interactive":
        mark = next(kind for kind in MARK_KINDS if kind in template.slots)
        canvas = sorted(CANVASES)[seed % 2]
        values |= {"color": text[0], mark: text[1], EXCLUDED: text[2], "canvas": CANVASES[canvas][template.split][0]}
        expected |= {"legend": ((MARKED, colors[0]),), "background": background, "mark": mark, "canvas": canvas}
        expected["mark_colors"] = tuple(colors[1:] if EXCLUDED in template.slots else colors[1:2])
    if template.task == "points":
        values |= {"radius": "4", "color": text[0]}
        expected["label"] = "coffee table" if "noun" in template.slots else "coffee tables"
        expected["legend"] = ((expected["label"], colors[0]),)
        expected["background"] = background if "background" in template.slots else (0, 0, 0)
        expected["codec_parameters"] = (CodecParameter("radius", 4.0),)
    if template.task == "boxes":
        values |= {"width": "3", "colors": join_words(text)}
        if "colors" in template.slots:
            expected["label"] = "coffee table" if "noun" in template.slots else "coffee tables"
            expected |= {"colors": tuple(colors), "legend": ()}
        elif slot:
            values[slot] = LEGEND_SLOTS[slot][seed % len(LEGEND_SLOTS[slot])].write(rows[:3])
        else:
            phrases = ["the red mug that is in front of the box", "all the other mugs"]
            values["targets"] = SENTENCE_STYLES[0].write(list(zip(phrases, text, strict=False)))
            expected["legend"] = tuple(zip(phrases, colors, strict=False))
        expected |= {"background": (0, 0, 0), "codec_parameters": (CodecParameter("line_width", 3.0),)}
    if template.task == "keypoints":
        people = ("the man on the left", "every person", "all people at least 25 percent as tall as the image")
        values["people"] = people[seed % len(people)]
        values["shown"] = HIDDEN_WORDS[seed % 2 == 0][seed % 4]
        values["limbs"] = SENTENCE_STYLES[0].write([("left arm", text[0]), ("trunk", text[1])])
        values["colors"] = join_words(text)
        expected |= {"people": values["people"], "hidden": seed % 2 == 0}
        expected["background"] = background if "background" in template.slots else (0, 0, 0)
        expected["limbs"] = (("left arm", colors[0]), ("trunk", colors[1])) if "limbs" in template.slots else ()
        expected["colors"] = tuple(colors) if "colors" in template.slots else ()
        rows = [("left wrist", text[0]), ("nose", text[1]), ("right eye", text[2])]
        values["legend"] = LIST_STYLES[seed % len(LIST_STYLES)].write(rows)
        expected["legend"] = tuple(zip(("left wrist", "nose", "right eye"), colors, strict=True))
    if template.task == "panoptic":
        things = {"mug": colors[:2], "coffee table": colors[2:]}
        style = THING_STYLES[seed % len(THING_STYLES)]
        values["things"] = style.write([(label, [write_color(c, notation) for c in things[label]]) for label in things])
        values |= {"classes": "floor, coffee table, T-shirt", "form": TEXT_FORM}
        expected["things"] = tuple((label, tuple(c)) for label, c in things.items()) if slot else ()
        expected["classes"] = () if slot else ("floor", "coffee table", "T-shirt")
        expected["background"] = background if "background" in template.slots else (0, 0, 0)
    return write_prompt(template.tree, rng, values), expected


@pytest.mark.parametrize("notation", NOTATIONS)
def test_every_template_reads_back_in_every_notation_and_style(notation: str) -> None:
    for template in templates():
        for seed in range(len(LIST_STYLES) if "legend" in template.slots else 3):
            prompt, expected = written(template, notation, seed)
            parsed = parse(prompt)
            got = {name: getattr(parsed, name) for name in expected}
            assert got == expected, prompt
            assert "  " not in prompt
            assert not prompt.endswith(" ")


@pytest.mark.parametrize("style", [*LIST_STYLES, *SENTENCE_STYLES, *STATEMENT_STYLES], ids=lambda style: style.name)
@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_legend_styles_read_back_and_no_other_style_reads_them(style: LegendStyle, count: int) -> None:
    colors = draw_colors(np.random.default_rng(count), count) or []
    rest = "the background" if style in SENTENCE_STYLES else "background"
    labels = ["cat", "potted plants", "T-shirt", "sky", rest][:count]
    for notation in NOTATIONS[1:]:
        text = style.write(
            [(a, write_color(c, notation)) for a, c in zip(labels, colors, strict=True)], {"potted plants"}
        )
        expected = list(zip([*labels[:4], "background"][:count], colors, strict=True))
        assert read_legend(text, [style]) == expected
        group = next(group for group in LEGEND_SLOTS.values() if style in group)
        assert read_legend(text, group) == expected


@pytest.mark.parametrize("text", ["", " {'cat': 'red'", " cat -> red,", " cat -> reddish", " cat red", " {}"])
def test_broken_legends_are_refused(text: str) -> None:
    with pytest.raises(PromptError, match="legend: expected one of the styles"):
        read_legend(text, LIST_STYLES)


def test_lists_of_colors() -> None:
    assert join_words(["a"]) == "a"
    assert join_words(["a", "b"]) == "a and b"
    assert join_words(["a", "b", "c"]) == "a, b, and c"
    assert split_words("(1, 2, 3), #ff0000, and light blue") == [(1, 2, 3), (255, 0, 0), (173, 216, 230)]
    with pytest.raises(PromptError, match="colours, commas and 'and'"):
        split_words("red or blue")


@pytest.mark.parametrize(
    "prompt",
    [
        "",
        "What is the capital of France?",
        "Generate a metric depth map of this image with the jet colormap.",
        "Give each mug its own color and paint everything else reddish.",
        "Paint cat in red, cat in blue and the background in black.",
        "Generate a surface normal map of this image. ",
    ],
)
def test_prompts_that_no_template_writes_are_refused(prompt: str) -> None:
    with pytest.raises(PromptError, match=r"^prompt: expected .*, got ") as caught:
        parse(prompt)
    assert repr(prompt) in str(caught.value)


@pytest.mark.parametrize(
    ("prompt", "message"),
    [
        (
            "Produce a normals map of the image",
            r"the nearest is normals-01, 'Produce a normal map of ",
        ),
        ("Perform instance segmentation of class mugs", "the nearest is instance-"),
        (
            "Generate a segmentation visualization of this image, using the color mapping: {'cat': 'reddish'}",
            r"one of the styles python, .* for the legend \" \{'cat': 'reddish'\}\" in template semantic-01, got",
        ),
        (
            "Paint cat in red, cat in blue and the background in black.",
            r"every label once for the legend .*'cat', 'cat'",
        ),
        (
            "The log depth map of the input in gray, with black for 9 m and white for 2.5 m.",
            "0 < low < high for the log depth low 9.0, high 2.5 in template depth-",
        ),
        ("Segment the mug in RGB(1, 2, 300).", "channels from 0 to 255 for the colour 'RGB.1, 2, 300.'"),
    ],
)
def test_the_error_names_what_was_expected(prompt: str, message: str) -> None:
    with pytest.raises(PromptError, match=message):
        parse(prompt)


def test_other_depth_parameters_stand_in_the_prompt() -> None:
    prompt = "Produce a metric depth map of this image with the gray colormap." + parameters_note(-3.0, 20.0)
    parsed = parse(prompt)
    assert parsed.codec == "gray"
    assert [(p.name, p.value) for p in parsed.codec_parameters] == [("lambda", -3.0), ("c", 20.0)]
    walk = "The same view as metric depth in meters, with color walking from black over red, yellow, green, cyan, blue"
    walk += f" and magenta to white as distance grows. Corner depths: {corner_depths(DepthTransform(-3.0, 20.0))}."
    assert parse(walk + parameters_note(-3.0, 20.0)).codec == "cube-walk"
    with pytest.raises(PromptError, match=r"expected red 0\.801 m, yellow"):
        parse(walk)
    with pytest.raises(PromptError, match="expected none, since log depth has two ends"):
        parse(
            "The log depth map of the input in gray, with black for 1 m and white for 2 m."
            + parameters_note(-3.0, 20.0)
        )
    with pytest.raises(PromptError, match="two numbers"):
        parse(prompt.replace("20.0", "wide"))


def test_american_spelling_and_sentence_case_throughout() -> None:
    for template in templates():
        text, _ = written(template, "paren", 0)
        assert not re.search(r"colour|grey|metre|labell", text), text
        assert text[0].isupper(), text
        assert not re.search(r"\ba (?!uni)(?=[aeiou])", text), text
