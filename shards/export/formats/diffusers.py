"""diffusers and every other program that uses Hugging Face datasets: parquet files with images.

Schema: datasets' `Image` feature (a struct of bytes and path) in parquet, and the columns that the scripts in
examples/dreambooth (train_dreambooth_lora_flux_kontext.py: `--image_column`, `--cond_image_column`, `--caption_column`)
and examples/instruct_pix2pix (train_instruct_pix2pix.py) of github.com/huggingface/diffusers take. They resize to the
nearest bucket, whose sides are multiples of 16 pixels.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

import pyarrow as pa
import yaml

from encode import ExtraMember
from shards.export.exported_pair import ExportedPair
from shards.export.format_protocol import FinishedParts
from shards.export.parquet_files import ParquetFiles
from shards.export.part_writer import PartWriter

__all__ = ["DIFFUSERS", "INSTRUCT_PIX2PIX"]

_IMAGE = pa.struct([pa.field("bytes", pa.binary()), pa.field("path", pa.string())])


@dataclass(frozen=True, slots=True)
class HuggingFaceParquet:
    """`{split}/pairs-000000.parquet`, and a README.md that makes each split one of `load_dataset`."""

    name: str
    command: str
    source_column: str
    target_column: str
    prompt_column: str
    reader: str = "diffusers"
    side_multiple: int = 16
    home_in_place: str = ""
    takes_source2: bool = True
    takes_answer: bool = True

    def write_part(self, part: PartWriter, pairs: Iterator[ExportedPair]) -> None:
        """A row a pair; `meta` is the text of meta.json, which decoding needs.

        A data set with extra members has a column more for each of them: the scripts above take none of these.
        """
        first = next(pairs, None)
        if first is None:
            return
        with ParquetFiles(part, self._schema(first.extra_members)) as files:
            for pair in chain((first,), pairs):
                row = {
                    self.source_column: {"bytes": pair.source, "path": f"{pair.key}.{pair.source_format}"},
                    self.target_column: {"bytes": pair.target, "path": f"{pair.key}.png"},
                    self.prompt_column: pair.prompt,
                    "key": pair.key,
                    "task": pair.task,
                    "meta": pair.meta.decode(),
                }
                if "answer.txt" in first.extra_members:
                    row["answer"] = pair.answer
                if "source2.png" in first.extra_members:
                    row[self._source2_column] = {"bytes": pair.source2, "path": f"{pair.key}.source2.png"}
                files.add(pair.split, row)

    def finish(self, parts: FinishedParts) -> Mapping[str, bytes]:
        """The card, which names the files of each split."""
        files = [{"split": split, "path": f"{split}/*.parquet"} for split in parts.splits]
        front = yaml.safe_dump({"configs": [{"config_name": "default", "data_files": files}]}, sort_keys=False)
        body = (
            f"# Pairs for {self.name}\n\nWritten by `verichrome export --format {self.name}`; "
            f"`export.json` says of what. `{self.prompt_column}` asks to turn `{self.source_column}` into "
            f"`{self.target_column}`, and `meta` is what decoding needs.\n"
        )
        return {"README.md": f"---\n{front}---\n\n{body}".encode()}

    @property
    def _source2_column(self) -> str:
        return f"{self.source_column}_2"

    def _schema(self, extra: frozenset[ExtraMember]) -> pa.Schema:
        """Columns with the features that `datasets` reads from the schema's metadata."""
        images = (self.source_column, self.target_column, *([self._source2_column] if "source2.png" in extra else []))
        texts = (self.prompt_column, "key", "task", "meta", *(["answer"] if "answer.txt" in extra else []))
        features = {
            **{name: {"_type": "Image"} for name in images},
            **{name: {"dtype": "string", "_type": "Value"} for name in texts},
        }
        fields = [pa.field(name, _IMAGE) for name in images] + [pa.field(name, pa.string()) for name in texts]
        return pa.schema(fields, metadata={"huggingface": json.dumps({"info": {"features": features}})})


DIFFUSERS = HuggingFaceParquet(
    "diffusers",
    "train_dreambooth_lora_flux_kontext.py --dataset_name {out} --image_column image "
    "--cond_image_column cond_image --caption_column caption",
    "cond_image",
    "image",
    "caption",
)
INSTRUCT_PIX2PIX = HuggingFaceParquet(
    "instruct-pix2pix",
    "train_instruct_pix2pix.py --dataset_name {out} --original_image_column input_image "
    "--edited_image_column edited_image --edit_prompt_column edit_prompt",
    "input_image",
    "edited_image",
    "edit_prompt",
)
