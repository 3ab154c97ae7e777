"""Truth painted as RGB, prompts, decoders, metrics and the audit of all that.

`make_pairs` turns a rendered `Frame` into training samples; a `Task` reads back and scores what a tuned model paints;
`audit_pair` checks a sample against the truth. Needs only numpy, Pillow, scipy and jaxtyping. docs/decoding.md
shows how to read and score answers, docs/add-a-task.md how to add a task.
"""

from typing import TYPE_CHECKING

from encode.lazy_import import lazy_names

if TYPE_CHECKING:
    from encode.audit import audit_pair
    from encode.declared_members import EXTRA_MEMBERS, ExtraMember, TaskWithExtraMembers, TaskWithTextAnswer
    from encode.depth.codec import depth_codec
    from encode.depth.floats import decode_depth_floats, encode_depth_floats
    from encode.depth.transform import DepthTransform
    from encode.errors import (
        ArrayError,
        CodecError,
        ColorError,
        EncodeError,
        ExpressionError,
        FormatError,
        MetaError,
        PromptError,
        SceneFileError,
        TaskError,
    )
    from encode.formulas.indices import ObjectId, SceneIndex, ViewIndex
    from encode.frame import Box3D, CategoryRecord, Frame, ObjectRecord, Truth
    from encode.make import make_pair, make_pairs
    from encode.pair import CodecParameter, ColorEntry, Decoding, Pair, PairMeta
    from encode.png import read_rgb, write_png
    from encode.prompt_meta import meta_of_legend, meta_of_prompt, meta_of_task, read_legend_text
    from encode.prompts.parser import ParsedPrompt, parse
    from encode.registry import extra_members, get_task, task_names, why_unusable
    from encode.shares import PairShares
    from encode.task import Task
    from encode.text_answers import asks_for_text, meta_of_answer, score_answer
else:
    __getattr__, __dir__ = lazy_names(__name__, __file__)

__all__ = [
    "EXTRA_MEMBERS",
    "ArrayError",
    "Box3D",
    "CategoryRecord",
    "CodecError",
    "CodecParameter",
    "ColorEntry",
    "ColorError",
    "Decoding",
    "DepthTransform",
    "EncodeError",
    "ExpressionError",
    "ExtraMember",
    "FormatError",
    "Frame",
    "MetaError",
    "ObjectId",
    "ObjectRecord",
    "Pair",
    "PairMeta",
    "PairShares",
    "ParsedPrompt",
    "PromptError",
    "SceneFileError",
    "SceneIndex",
    "Task",
    "TaskError",
    "TaskWithExtraMembers",
    "TaskWithTextAnswer",
    "Truth",
    "ViewIndex",
    "asks_for_text",
    "audit_pair",
    "decode_depth_floats",
    "depth_codec",
    "encode_depth_floats",
    "extra_members",
    "get_task",
    "make_pair",
    "make_pairs",
    "meta_of_answer",
    "meta_of_legend",
    "meta_of_prompt",
    "meta_of_task",
    "parse",
    "read_legend_text",
    "read_rgb",
    "score_answer",
    "task_names",
    "why_unusable",
    "write_png",
]
