"""The instance segmentation task."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float32, Int32, UInt8

from encode.colors.legend import draw_colors
from encode.colors.notation import NOTATIONS, write_color
from encode.draw import choice, shuffled
from encode.frame import Category, Frame, ObjectRecord
from encode.id_map import compact_ids
from encode.meta_audit import meta_problems
from encode.metrics.instance import instance_metrics, instance_summary
from encode.pair import BACKGROUND, RGB, ColorEntry, Pair, PairMeta
from encode.prompts.grammar import write_prompt
from encode.prompts.legend import is_label, join_words
from encode.prompts.parser import ParsedPrompt
from encode.prompts.template import Template, choose_template
from encode.segmentation.flat_audit import distance_problems, flat_problems
from encode.segmentation.instances import (
    INSTANCE_PARAMETERS,
    InstanceSettings,
    decode_instances,
    instance_confidence,
    is_scorable,
)
from encode.segmentation.labels import resolve_label
from encode.segmentation.paint import mask_of, paint_ids
from encode.task import Painting, PairRequest, finish

__all__ = ["InstanceTask"]

_BLACK: RGB = (0, 0, 0)
_BLACK_SHARE = 0.75

# A prompt that lists more colours than this is no prompt that anybody writes.
_MOST_LISTED = 8

# That many colours always fit into the RGB cube at 64 apart; a class with more is not asked for.
_MOST_INSTANCES = 30


class InstanceTask:
    """One class a prompt, every instance in a colour of its own."""

    name = "instance"

    def make(self, request: PairRequest) -> Pair | None:
        """Ask for one class; None where no class has an instance that a decoder could find."""
        frame, rng = request.frame, request.rng
        drawn = _draw_category(frame, rng)
        if drawn is None:
            return None
        category, objects = drawn
        template = choose_template(rng, self.name, request.split, lambda t: _fits(t, category, len(objects)))
        notation = choice(rng, NOTATIONS)
        says_background = "background" in template.slots
        black = not says_background or rng.random() < _BLACK_SHARE
        background = _BLACK if black else (draw_colors(rng, 1, named=notation == "name") or [_BLACK])[0]
        named = notation == "name" and "colors" in template.slots
        colors = draw_colors(rng, len(objects), named=named, taken=[background])
        if colors is None:
            return None
        entries = [_entry(frame, o, rgb) for o, rgb in zip(objects, colors, strict=True)]
        values = {
            "noun": _noun(frame, category, rng),
            "plural": category.plural,
            "background": write_color(background, notation),
        }
        if "colors" in template.slots:  # in an order that gives nothing away
            values["colors"] = join_words([write_color(c, notation) for c in shuffled(rng, colors)])
        painting = Painting(
            target=paint_ids(frame.truth.instance, {e.ids[0]: e.rgb for e in entries}, background),
            prompt=write_prompt(template.tree, rng, values),
            template=template,
            codec=template.codec,
            parameters=INSTANCE_PARAMETERS,
            colors=[*entries, ColorEntry(BACKGROUND, background, ())],
        )
        return finish(self.name, request, painting)

    def decode(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Int32[np.ndarray, "h w"]:
        """Label map 1..n, 0 for the background; knows the background's colour alone, not the instances'."""
        return decode_instances(rgb, meta.background, InstanceSettings.of(meta))

    def confidence(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w"]:
        """How near each pixel is to its instance's mean colour, or to the background's."""
        return instance_confidence(rgb, self.decode(rgb, meta), meta.background, meta.parameter("tolerance"))

    def score(self, rgb: UInt8[np.ndarray, "h w 3"], frame: Frame, meta: PairMeta) -> dict[str, float]:
        """pmF1 and AP against the instances of the class; unscored ones neither help nor hurt."""
        ids = [entry.ids[0] for entry in meta.foreground]
        truth = np.where(np.isin(frame.truth.instance, np.array(ids, np.uint32)), frame.truth.instance, 0)
        scored = [entry.ids[0] for entry in meta.foreground if entry.scored]
        return instance_metrics(self.decode(rgb, meta), truth.astype(np.int64), scored)

    def summarise(self, scores: Sequence[dict[str, float]]) -> dict[str, float]:
        """pmF1, cgF1 and AP over many prompts."""
        return instance_summary(scores)

    def audit(
        self, frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta
    ) -> list[str]:
        """Every visible instance of the prompted class must have one colour, its own; all else the background's."""
        background = parsed.background or _BLACK
        classes = resolve_label(frame, parsed.label)
        if len(classes) != 1:
            return [f"{parsed.label!r} names {len(classes)} categories of the frame, not one"]
        present = set(compact_ids(frame.truth.instance)[0].tolist())
        objects = [o for o in frame.objects if o.category_id in classes and o.id in present]
        entries = [_entry(frame, o, _color_at(target, frame, o.id)) for o in objects]
        wanted = [(f"instance {e.ids[0]}", e.rgb, mask_of(frame.truth.instance, e.ids)) for e in entries]
        problems = flat_problems(target, wanted, background)
        problems += distance_problems([(BACKGROUND, background), *((label, rgb) for label, rgb, _ in wanted)])
        painted = [entry.rgb for entry in entries]
        if parsed.colors and sorted(parsed.colors) != sorted(painted):
            problems.append(f"the prompt allows {list(parsed.colors)}, painted are {painted}")
        colors = [*entries, ColorEntry(BACKGROUND, background, ())]
        return problems + meta_problems(meta, colors=colors, parameters=INSTANCE_PARAMETERS)


def _draw_category(frame: Frame, rng: np.random.Generator) -> tuple[Category, list[ObjectRecord]] | None:
    ids, place = compact_ids(frame.truth.instance)
    counts = np.bincount(place.ravel())
    pixels = dict(zip(ids.tolist(), counts.tolist(), strict=True))
    candidates = []
    for category in frame.categories:
        objects = [o for o in frame.objects if o.category_id == category.id and pixels.get(o.id, 0)]
        if category.kind == "thing" and 0 < len(objects) <= _MOST_INSTANCES:
            candidates.append((category, objects))
    # Classes of many instances come first more often: telling one from another is what the task is for.
    # Exponential waiting times: each comes first as often as its weight, the square of its count, has it.
    weights = np.array([float(len(objects)) ** 2 for _, objects in candidates])
    for category, objects in (candidates[i] for i in np.argsort(rng.exponential(size=len(candidates)) / weights)):
        if _named_alone(frame, category) and any(is_scorable(frame.truth.instance == o.id) for o in objects):
            return category, objects
    return None


def _named_alone(frame: Frame, category: Category) -> bool:
    words = [word for word in (category.name, category.plural) if word]
    return all(is_label(word) and resolve_label(frame, word) == {category.id} for word in words)


def _fits(template: Template, category: Category, count: int) -> bool:
    if "plural" in template.slots and not category.plural:
        return False
    return "colors" not in template.slots or 2 <= count <= _MOST_LISTED


def _noun(frame: Frame, category: Category, rng: np.random.Generator) -> str:
    word = choice(rng, (category.name, category.name, category.name, *category.synonyms))
    return word if is_label(word) and resolve_label(frame, word) == {category.id} else category.name


def _entry(frame: Frame, record: ObjectRecord, rgb: RGB) -> ColorEntry:
    return ColorEntry(record.name, rgb, (record.id,), is_scorable(frame.truth.instance == record.id))


def _color_at(target: UInt8[np.ndarray, "h w 3"], frame: Frame, instance: int) -> RGB:
    """Colour of the instance's first pixel; the mask check then holds all its pixels to it."""
    place = int((frame.truth.instance == instance).argmax())
    red, green, blue = target.reshape(-1, 3)[place].tolist()
    return red, green, blue
