"""The parts task: the parts of some objects, which a phrase picks, each in the colour that the prompt gives it."""

import numpy as np
from jaxtyping import UInt8

from encode.draw import shuffled
from encode.errors import ExpressionError
from encode.frame import Frame, ObjectId
from encode.pair import ColorEntry, Pair, PairMeta
from encode.prompts.parser import ParsedPrompt
from encode.prompts.template import choose_template
from encode.referring.evaluator import proved_ids
from encode.referring.language import Expression, Objects, Selection
from encode.referring.phrases import is_readable, named_categories, unsaid_problems
from encode.referring.realiser import realise
from encode.referring.sampler import describe
from encode.referring.visible import VisibleObject, visible_objects
from encode.segmentation.absent_labels import draw_from_pools
from encode.segmentation.flat_task import PaintedMask, draw_palette, flat_decoding, flat_problems
from encode.segmentation.legend_metrics import legend_metrics
from encode.segmentation.legend_prompt import write_legend_prompt
from encode.segmentation.legend_task import LabelTask
from encode.segmentation.legends import LEAST_SHARE, count_absent, draw_by_area
from encode.segmentation.paint import mask_of, paint_entries
from encode.surface.parts import NamedPart, absent_words, named_parts, parts_are_known, parts_map, resolve_part
from encode.surface.parts_expression import read_parts_expression, write_parts_expression
from encode.task import Painting, PairRequest, finish_pair

__all__ = ["PartsTask"]

# How often all objects of a category are asked for where there are several.
_CLASS_SHARE = 0.25

# Where parts to ask for in vain come from: the objects' own ones out of view, those of similar objects, and of any.
_HIDDEN_SHARE, _RELATED_SHARE, _FAR_SHARE = 0.4, 0.5, 0.1

# How often all parts that can be told are asked for, and not some of them.
_ALL_SHARE = 0.5

# An object of one visible part has nothing to tell apart.
_LEAST_PARTS = 2


class PartsTask(LabelTask):
    """Parts of an object, or of all objects of a category; everything else is background."""

    name = "parts"

    def make(self, request: PairRequest) -> Pair | None:
        """Paint parts of drawn objects; None where no phrase picks objects of several visible parts."""
        frame, rng = request.frame, request.rng
        drawn = _draw_objects(frame, rng)
        if drawn is None:
            return None
        expression, ids = drawn
        phrase = realise(rng, expression, (len(ids),), named_categories(frame))[0]
        if not is_readable(phrase):
            return None
        parts = _draw_legend(request, ids)
        template = choose_template(rng, self.name, request.split)
        palette = draw_palette(rng, len(parts), writes_background="background" in template.slots)
        if palette is None:
            return None
        entries = [ColorEntry(part.label, rgb, part.ids) for part, rgb in zip(parts, palette.colors, strict=True)]
        plurals = frozenset(part.label for part in parts if part.label != part.word)
        painting = Painting(
            target=paint_entries(parts_map(frame, ids), entries, palette.background),
            prompt=write_legend_prompt(template, rng, entries, palette, plurals, {"phrase": phrase}),
            template=template,
            decoding=flat_decoding(entries, palette.background),
            expression=write_parts_expression(expression, ids),
        )
        return finish_pair(self.name, request, painting)

    def score(self, rgb: UInt8[np.ndarray, "h w 3"], frame: Frame, meta: PairMeta) -> dict[str, float]:
        """Return `semantic_metrics` over the asked parts and the background; {} where the frame has no truth."""
        if frame.surface is None:
            return {}
        _, ids = read_parts_expression(meta.expression)
        labels = [_word(frame, entry) for entry in meta.colors]
        return legend_metrics(self.decode(rgb, meta), parts_map(frame, ids), meta, labels)

    def audit(
        self, frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta
    ) -> list[str]:
        """Check that the structured form picks exactly its objects, and that exactly their parts are painted."""
        if frame.surface is None:
            return ["the frame keeps no parts"]
        try:
            expression, ids = read_parts_expression(meta.expression)
        except ExpressionError as error:
            return [str(error)]
        picked = proved_ids(expression, visible_objects(frame))
        if picked is None or len(picked) != 1 or tuple(sorted(picked[0])) != ids:
            return [f"the expression {meta.expression} does not pick its objects beyond doubt"]
        problems = unsaid_problems(frame, parsed.phrase, expression.targets[0].of)
        if not parts_are_known(frame, ids):
            problems.append("the frame does not know all parts of the objects that the phrase picks")
        painted, own = [], np.isin(frame.truth.instance, ids)
        for label, rgb in parsed.legend:
            part = resolve_part(frame, label, ids)
            if part is None and label not in absent_words(frame, ids):
                problems.append(f"whether the objects have the part {label!r} is not certain")
            entry = ColorEntry(label, rgb, part.ids if part else ())
            painted.append(PaintedMask(entry, own & mask_of(frame.surface.part, entry.ids)))
        named = [id_ for part in painted for id_ in part.entry.ids]
        if len(set(named)) < len(named):
            problems.append("two labels of the prompt name the same part")
        form = write_parts_expression(expression, ids)
        return problems + flat_problems(target, parsed, meta, painted, expression=form)


def _word(frame: Frame, entry: ColorEntry) -> str:
    """The word by which an entry is summed: the legs of a chair with the leg of a table."""
    assert frame.surface is not None
    words = [part.word for part in frame.surface.record.parts if part.id in entry.ids]
    return words[0] if words else entry.label


def _draw_objects(frame: Frame, rng: np.random.Generator) -> tuple[Expression, tuple[ObjectId, ...]] | None:
    """An object of several parts that can be told, or all objects of its category, with a phrase that picks them."""
    objects = visible_objects(frame)
    partly = [obj for obj in objects if not obj.faint and len(_telling(frame, (obj.id,))) >= _LEAST_PARTS]
    for obj in draw_by_area(rng, partly, [obj.area for obj in partly]):
        expression = _all_of(obj) if rng.random() < _CLASS_SHARE else describe(rng, objects, obj)
        ids = proved_ids(expression, objects) if expression is not None else None
        if expression is not None and ids is not None and parts_are_known(frame, tuple(ids[0])):
            return expression, tuple(sorted(ids[0]))
    return None


def _all_of(obj: VisibleObject) -> Expression:
    return Expression((Selection("all", Objects(category=obj.record.category)),))


def _telling(frame: Frame, ids: tuple[ObjectId, ...]) -> list[NamedPart]:
    """The parts of the objects that cover enough of the image to be asked for."""
    least = LEAST_SHARE * frame.truth.instance.size
    return [part for part in named_parts(frame, ids) if part.pixels >= least]


def _draw_legend(request: PairRequest, ids: tuple[ObjectId, ...]) -> list[NamedPart]:
    """All telling parts or some, and some that the objects do not show, in random order."""
    frame, rng, shares = request.frame, request.rng, request.shares
    telling = _telling(frame, ids)
    count = len(telling) if rng.random() < _ALL_SHARE else int(rng.integers(1, len(telling) + 1))
    chosen = draw_by_area(rng, telling, [float(part.pixels) for part in telling])[:count]
    hidden = [part for part in named_parts(frame, ids) if not part.pixels]
    related, others = ([_absent(word) for word in absent_words(frame, ids, related=near)] for near in (True, False))
    count = count_absent(rng, len(chosen), shares.absent_entry_share)
    pools = [(_HIDDEN_SHARE, hidden), (_RELATED_SHARE, related), (_FAR_SHARE, others)]
    return shuffled(rng, [*chosen, *draw_from_pools(rng, pools, count)])


def _absent(label: str) -> NamedPart:
    return NamedPart(label, label, (), 0)
