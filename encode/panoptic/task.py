"""The panoptic segmentation task: every stuff class in one colour, every thing in a colour of its own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Int32, UInt8

from encode.colors.legend import CROWD_RGB, MINIMUM_RGB
from encode.declared_members import ExtraMember
from encode.draw import choice, shuffled
from encode.frame import Frame, ObjectId
from encode.metrics.panoptic import panoptic_metrics, panoptic_summary
from encode.pair import BACKGROUND, BLACK, RGB, ColorEntry, Decoding, Pair, PairMeta
from encode.panoptic.segments import PanopticClass, draw_classes, visible_ids
from encode.prompts.legend import LEGEND_SLOTS
from encode.prompts.parser import ParsedPrompt
from encode.prompts.template import Template, choose_template, templates
from encode.prompts.text_legend import TEXT_FORM, class_of, read_text_legend, segment_name, write_text_legend
from encode.prompts.thing_colors import THING_STYLES
from encode.segmentation.flat_colors import decode_entries
from encode.segmentation.flat_task import PaintedMask, Palette, draw_palette, flat_decoding, flat_problems
from encode.segmentation.instances import InstanceSettings, is_scorable
from encode.segmentation.labels import resolve_label
from encode.segmentation.legend_task import LegendTask
from encode.segmentation.legends import MOST_CLASSES
from encode.segmentation.paint import mask_of, paint_entries
from encode.task import Painting, PairRequest, finish_pair

__all__ = ["PanopticTask"]

_BLACK_SHARE = 0.7

#: Share of the prompts whose answer gives the legend itself, as text.
_TEXT_SHARE = 0.5

# Segments of a prompt that lists their colours, and of one whose answer does.
_MOST_LISTED, _MOST_WRITTEN = MOST_CLASSES, 100

# At most so many colours of a class are listed that no instance has, and of an absent class.
_MOST_SPARE = 2


@dataclass(frozen=True, slots=True)
class _Slot:
    """A colour of a prompt or of a text answer before it is drawn: the segment's name, and the ids of its objects."""

    name: str
    ids: tuple[int, ...]


class PanopticTask(LegendTask):
    """Stuff by class and things by instance, in one of two forms.

    Colours by the prompt: it gives each stuff class a colour, and each thing class a list of colours, of which every
    instance takes another. Colours by the answer: the prompt names classes, and the answer begins with a text legend.
    """

    name = "panoptic"
    extra_members: frozenset[ExtraMember] = frozenset(("answer.txt",))

    def make(self, request: PairRequest) -> Pair | None:
        """Ask for all classes in view or for some; None where the frame does not show both stuff and things."""
        frame, rng = request.frame, request.rng
        by_answer = rng.random() < _TEXT_SHARE
        classes = draw_classes(frame, rng, request.shares, _MOST_WRITTEN if by_answer else _MOST_LISTED)
        if not classes:
            return None
        template = choose_template(rng, self.name, request.split, lambda t: _is_by_answer(t) == by_answer)
        slots = _written_slots(classes) if by_answer else _listed_slots(classes, rng)
        palette = draw_palette(
            rng,
            len(slots),
            black_share=_BLACK_SHARE,
            writes_background="background" in template.slots,
            writes_colors=not by_answer,
            crowd=len(slots) > MOST_CLASSES,
        )
        if palette is None:
            return None
        entries = [_entry(frame, slot, rgb) for slot, rgb in zip(slots, palette.colors, strict=True)]
        painting = Painting(
            target=paint_entries(frame.truth.instance, entries, palette.background),
            prompt=template.write(rng, _values(template, rng, classes, entries, palette)),
            template=template,
            decoding=flat_decoding(entries, palette.background),
            answer=_text_of(entries) if by_answer else "",
        )
        return finish_pair(self.name, request, painting)

    def decoding(self, parsed: ParsedPrompt) -> Decoding:
        """Return the colour of each segment, or where the answer gives them, the background's alone."""
        names = [(label, rgb) for label, rgb in parsed.legend]
        names += [(segment_name(label, n), rgb) for label, colors in parsed.things for n, rgb in enumerate(colors)]
        entries = [ColorEntry(name, rgb, (i,)) for i, (name, rgb) in enumerate(names, start=1)]
        return flat_decoding(entries, parsed.background or BLACK)

    def has_text_answer(self, meta: PairMeta) -> bool:
        """Return whether the answer's text gives the colours: whether the pair's template asks for it."""
        return any(template.id == meta.template and _is_by_answer(template) for template in templates(self.name))

    def read_answer(self, meta: PairMeta, answer: str) -> PairMeta:
        """Return the `meta` with which the image of an answer with this text decodes; ids are counted from 1.

        Segments without a readable entry are lost: their pixels are those of the nearest colour, or background.
        """
        if not self.has_text_answer(meta):
            return meta
        legend = [(name, rgb) for name, rgb in read_text_legend(answer) if rgb != meta.background]
        entries = [ColorEntry(name, rgb, (i,)) for i, (name, rgb) in enumerate(legend, start=1) if name != BACKGROUND]
        return replace(meta, colors=flat_decoding(entries, meta.background).colors)

    def decode(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Int32[np.ndarray, "h w"]:
        """Return the index into `meta.colors` of each pixel's segment, the background's for none.

        Where the answer's text gives the colours, `meta` is that of `read_answer`.
        """
        return decode_entries(rgb, meta)

    def score(self, rgb: UInt8[np.ndarray, "h w 3"], frame: Frame, meta: PairMeta) -> dict[str, float]:
        """Return PQ, SQ and RQ of an image in the pair's own colours."""
        return _score(self.decode(rgb, meta), meta, frame, meta)

    def score_answer(
        self, rgb: UInt8[np.ndarray, "h w 3"], answer: str, frame: Frame, meta: PairMeta
    ) -> dict[str, float]:
        """Return PQ, SQ and RQ of an image in the colours that its own text gives, where the pair asks for text."""
        by_text = self.read_answer(meta, answer)
        return _score(self.decode(rgb, by_text), by_text, frame, meta)

    def summarise(self, scores: Sequence[dict[str, float]]) -> dict[str, float]:
        """Return PQ, SQ and RQ of the summed counts, things and stuff apart too."""
        return panoptic_summary(scores)

    def audit(
        self, frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta
    ) -> list[str]:
        """Look the prompt's classes up in the frame again, and check every pixel of every segment."""
        labels = (*(label for label, _ in parsed.legend), *(label for label, _ in parsed.things), *parsed.classes)
        problems = list(_label_problems(frame, parsed, labels))
        if parsed.classes:
            painted = [part for label in parsed.classes for part in _seen_segments(frame, target, label)]
        else:
            painted = [_stuff_segment(frame, label, rgb) for label, rgb in parsed.legend]
            for label, colors in parsed.things:
                listed, wrong = _listed_segments(frame, target, label, colors)
                painted += listed
                problems += wrong
        least = CROWD_RGB if len(painted) > MOST_CLASSES else MINIMUM_RGB
        return problems + flat_problems(target, parsed, meta, painted, least_apart=least)

    def audit_extra_members(
        self,
        frame: Frame,
        parsed: ParsedPrompt,
        meta: PairMeta,
        answer: str,
        source2: UInt8[np.ndarray, "h w 3"] | None,
    ) -> list[str]:
        """Check the text answer word for word, by the colours in `meta`, which `audit` compares with the pixels."""
        del frame, source2
        expected = _text_of(meta.foreground) if parsed.classes else ""
        return [] if answer == expected else [f"answer.txt is {answer[:200]!r}, not {expected[:200]!r}"]


def _is_by_answer(template: Template) -> bool:
    return "form" in template.slots


def _written_slots(classes: Sequence[PanopticClass]) -> list[_Slot]:
    """The segments in the order of the classes, those of one class from the largest to the smallest."""
    return [
        _Slot(segment_name(c.label, number if c.is_thing else None), ids)
        for c in classes
        for number, ids in enumerate(c.segments)
    ]


def _listed_slots(classes: Sequence[PanopticClass], rng: np.random.Generator) -> list[_Slot]:
    """First the stuff, then the things, whose colours are in an order that gives no hint, and may be more than needed.

    An absent class has colours too.
    """
    room = _MOST_LISTED - sum(max(1, len(c.segments)) for c in classes)
    slots = [_Slot(c.label, c.segments[0] if c.segments else ()) for c in classes if not c.is_thing]
    for drawn in (c for c in classes if c.is_thing):
        spare = min(int(rng.integers(_MOST_SPARE + 1)), room)
        room -= spare
        unused: list[tuple[int, ...]] = [()] * (spare if drawn.segments else spare + 1)
        segments = shuffled(rng, [*drawn.segments, *unused])
        slots += [_Slot(segment_name(drawn.label, number), ids) for number, ids in enumerate(segments)]
    return slots


def _values(
    template: Template,
    rng: np.random.Generator,
    classes: Sequence[PanopticClass],
    entries: Sequence[ColorEntry],
    palette: Palette,
) -> Mapping[str, str]:
    values = {"background": palette.write(palette.background), "form": TEXT_FORM}
    if _is_by_answer(template):
        return {**values, "classes": ", ".join(c.label for c in classes)}
    stuff: list[tuple[str, str]] = []
    things: dict[str, list[str]] = {}
    for entry in entries:
        label, is_thing = class_of(entry.label)
        if is_thing:
            things.setdefault(label, []).append(palette.write(entry.rgb))
        else:
            stuff.append((label, palette.write(entry.rgb)))
    slot = next(slot for slot in LEGEND_SLOTS if slot in template.slots)
    listed = choice(rng, THING_STYLES).write(list(things.items()))
    return {**values, slot: choice(rng, LEGEND_SLOTS[slot]).write(stuff), "things": listed}


def _entry(frame: Frame, slot: _Slot, rgb: RGB) -> ColorEntry:
    scored = is_scorable(mask_of(frame.truth.instance, slot.ids)) if slot.ids else True
    return ColorEntry(slot.name, rgb, slot.ids, scored)


def _text_of(entries: Sequence[ColorEntry]) -> str:
    return write_text_legend([(entry.label, entry.rgb) for entry in entries])


def _score(index: Int32[np.ndarray, "h w"], predicted: PairMeta, frame: Frame, meta: PairMeta) -> dict[str, float]:
    """Score segments by their index into `predicted.colors` against those that `meta` asks for."""
    classes = {class_of(entry.label)[0].casefold(): _category(frame, entry) for entry in meta.foreground if entry.ids}
    truth, void = np.zeros(frame.truth.shape, np.int32), np.zeros(frame.truth.shape, bool)
    for number, entry in enumerate(meta.foreground, start=1):
        if entry.ids:
            mask = mask_of(frame.truth.instance, entry.ids)
            truth[mask] = number
            void |= mask & (not entry.scored)
    things = _things(classes, meta, predicted)
    return panoptic_metrics(
        _without_specks(index, predicted),
        [_canonical(classes, entry) for entry in predicted.foreground],
        truth,
        [_canonical(classes, entry) for entry in meta.foreground],
        things=things,
        void=void,
    )


def _things(classes: Mapping[str, str], meta: PairMeta, predicted: PairMeta) -> set[str]:
    """Which classes are things: by `meta` those that it has, by the answer the others; one that writes `sky-0` errs."""
    asked = {_canonical(classes, entry): _is_thing(entry) for entry in meta.foreground}
    wrote = {_canonical(classes, entry): _is_thing(entry) for entry in predicted.foreground}
    return {name for name, is_thing in (wrote | asked).items() if is_thing}


def _is_thing(entry: ColorEntry) -> bool:
    return class_of(entry.label)[1]


def _canonical(classes: Mapping[str, str], entry: ColorEntry) -> str:
    """The category of a segment, by which scores are summed; a class that is not in view goes by its own name."""
    name = class_of(entry.label)[0]
    return classes.get(name.casefold(), name)


def _category(frame: Frame, entry: ColorEntry) -> str:
    """Name of the category of an entry's objects; its label where the frame is not known."""
    categories = {record.id: record.category_id for record in frame.objects}
    wanted = {categories.get(ObjectId(i), frame.world_category if not i else 0) for i in entry.ids}
    return next((c.name for c in frame.categories if c.id in wanted), class_of(entry.label)[0])


def _without_specks(index: Int32[np.ndarray, "h w"], meta: PairMeta) -> Int32[np.ndarray, "h w"]:
    """Segments from 1 in the order of the foreground, 0 for none; a few stray pixels of a colour are no segment."""
    areas = np.bincount(index.ravel() + 1, minlength=len(meta.colors) + 1)[1:]
    table = np.zeros(len(meta.colors) + 1, np.int32)
    for number, entry in enumerate(meta.foreground, start=1):
        place = meta.colors.index(entry)
        table[place + 1] = number if areas[place] >= InstanceSettings().min_area * index.size else 0
    segments: Int32[np.ndarray, "h w"] = table[index + 1]
    return segments


def _label_problems(frame: Frame, parsed: ParsedPrompt, labels: Sequence[str]) -> Iterator[str]:
    """What is wrong with the classes: several categories or none alike, named twice, or of the other kind."""
    kinds = {record.id: record.kind for record in frame.categories}
    stuff, things = {label for label, _ in parsed.legend}, {label for label, _ in parsed.things}
    named: set[int] = set()
    for label in labels:
        ids = resolve_label(frame, label)
        if len(ids) > 1 or class_of(label)[1]:
            yield f"{label!r} is not the name of one class"
        if named & ids:
            yield f"{label!r} names a class that another label of the prompt names too"
        named |= ids
        for wrong, group in (("thing", stuff), ("stuff", things)):
            if label in group and any(kinds[i] == wrong for i in ids):
                yield f"{label!r} is a class of {wrong}, not of {'stuff' if wrong == 'thing' else 'things'}"


def _stuff_segment(frame: Frame, label: str, rgb: RGB) -> PaintedMask:
    """The one segment of a class in its colour, without ids where it is not in view."""
    mask = _class_mask(frame, label)
    ids = tuple(sorted(i for c in resolve_label(frame, label) for i in visible_ids(frame).get(c, ())))
    return PaintedMask(ColorEntry(label, rgb, ids, is_scorable(mask) if ids else True), mask)


def _listed_segments(
    frame: Frame, target: UInt8[np.ndarray, "h w 3"], label: str, colors: Sequence[RGB]
) -> tuple[list[PaintedMask], list[str]]:
    """The segments of a thing class by the colours that the prompt lists, and what is painted in none of these."""
    painted: dict[RGB, int] = {}
    problems = []
    for object_id in _instances(frame, label):
        rgb = _color_at(target, frame.truth.instance == object_id)
        if rgb in painted or rgb not in colors:
            reason = "that another one has" if rgb in painted else "that the prompt does not list"
            problems.append(f"object {object_id} of the class {label!r} is painted {rgb}, {reason}")
        painted[rgb] = object_id
    segments = []
    for number, rgb in enumerate(colors):
        found = painted.get(rgb)
        mask = np.zeros(target.shape[:2], bool) if found is None else frame.truth.instance == found
        ids = () if found is None else (found,)
        scored = found is None or is_scorable(mask)
        segments.append(PaintedMask(ColorEntry(segment_name(label, number), rgb, ids, scored), mask))
    return segments, problems


def _seen_segments(frame: Frame, target: UInt8[np.ndarray, "h w 3"], label: str) -> Iterator[PaintedMask]:
    """The segments of a class in the colours in which they are painted: the answer's choice."""
    if not _class_mask(frame, label).any():
        return
    kinds = {record.id: record.kind for record in frame.categories}
    if all(kinds[i] == "stuff" for i in resolve_label(frame, label)):
        yield _stuff_segment(frame, label, _color_at(target, _class_mask(frame, label)))
        return
    for number, object_id in enumerate(_instances(frame, label)):
        mask = frame.truth.instance == object_id
        entry = ColorEntry(segment_name(label, number), _color_at(target, mask), (object_id,), is_scorable(mask))
        yield PaintedMask(entry, mask)


def _class_mask(frame: Frame, label: str) -> Bool[np.ndarray, "h w"]:
    return mask_of(frame.truth.category, sorted(resolve_label(frame, label)) or [0]) & bool(resolve_label(frame, label))


def _instances(frame: Frame, label: str) -> list[int]:
    """The visible objects of a class by the records, the largest first."""
    wanted = resolve_label(frame, label)
    areas = [(-int((frame.truth.instance == o.id).sum()), o.id) for o in frame.objects if o.category_id in wanted]
    return [object_id for area, object_id in sorted(areas) if area]


def _color_at(target: UInt8[np.ndarray, "h w 3"], mask: Bool[np.ndarray, "h w"]) -> RGB:
    """Colour of the first pixel of a mask; the check of the mask then holds all its pixels to it."""
    red, green, blue = target.reshape(-1, 3)[int(mask.argmax())].tolist()
    return red, green, blue
