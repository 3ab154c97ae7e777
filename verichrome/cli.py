"""The command line. Thin: each command reads its flags, imports what it needs, and hands over.

Exit codes: 0 done, 1 failed or (audit) something is wrong, 2 cannot start as asked, 3 done but for scenes that failed,
130 and 143 stopped by Ctrl-C (SIGINT) and by a termination request (SIGTERM).
"""

from pathlib import Path
from typing import Annotated, Any

import typer

from verichrome.blas_threads import use_one_blas_thread
from verichrome.config import FIELDS, SECTIONS
from verichrome.flags import config_flags, given_flags

__all__ = ["app"]

app = typer.Typer(
    name="verichrome",
    help="Render synthetic scenes with exact ground truth and paint it as RGB targets for image generators.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help, for which a third of a second less is imported
)

Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Show what Ray and Blender print.")]


@app.command()
@config_flags(*FIELDS)
def generate(
    config: Annotated[
        Path | None, typer.Argument(help="YAML file; flags win over it.", metavar="[CONFIG.yaml]")
    ] = None,
    verbose: Verbose = False,
    **flags: Any,
) -> None:
    """Render scenes and write frames and pairs. The same command again does what is left."""
    from verichrome.commands.generate import run

    raise typer.Exit(run(config, given_flags(flags), verbose))


@app.command("config")
def config_() -> None:
    """Print the default configuration as YAML, each field with what it means."""
    from verichrome.configfile import dump, resolve

    typer.echo(dump(resolve()), nl=False)


@app.command()
@config_flags("out", *SECTIONS["pairs"].model_fields, "seed", "workers")
def encode(
    frames: Annotated[str, typer.Argument(help="An output folder, or the frames/ in it.", metavar="FRAMES_DIR")],
    **flags: Any,
) -> None:
    """Make pairs again from frames: other tasks, prompts or formats, with no Blender. What no flag names stays."""
    use_one_blas_thread()
    from verichrome.commands.encode import run

    raise typer.Exit(run(frames, given_flags(flags)))


@app.command()
def audit(
    folder: Annotated[str, typer.Argument(help="Output folder or URL.", metavar="DIR")],
    frames: Annotated[
        str | None, typer.Option(help="Where the frames are, if not in DIR (as after `encode`).", metavar="DIR")
    ] = None,
) -> None:
    """Check every file, frame and pair against its receipt and its truth; exit 1 and name what is wrong."""
    use_one_blas_thread()
    from verichrome.commands.audit import run

    raise typer.Exit(run(folder, frames))


@app.command()
def decode(
    images: Annotated[list[Path], typer.Argument(help="Painted images: PNG, JPEG or WebP.", metavar="IMAGE...")],
    out: Annotated[
        Path, typer.Option(help="A .npy, .exr, .png or .json file for one image, else a folder.", metavar="FILE|DIR")
    ],
    task: Annotated[
        str | None, typer.Option(help="What was painted; depth alone means the metric cube walk.", metavar="NAME")
    ] = None,
    meta: Annotated[Path | None, typer.Option(help="The meta.json of the images' pair.", metavar="FILE")] = None,
    prompt: Annotated[str | None, typer.Option(help="The prompt that was given.", metavar="TEXT")] = None,
    legend: Annotated[
        str | None,
        typer.Option(help='Colours of your own prompt: "cat=255,0,0; dog=#00FF00; background=black".', metavar="TEXT"),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option(help="npy, exr, png or json, in a folder (default: json for masks, else npy).", metavar="NAME"),
    ] = None,
    confidence: Annotated[bool, typer.Option("--confidence", help="Write how sure each pixel is, too.")] = False,
) -> None:
    """Read painted images as numbers: depth in metres, normals, masks (COCO run lengths) or base colour."""
    from verichrome.commands.decode import run

    raise typer.Exit(run(images, task, meta, prompt, legend, out, format, confidence))


@app.command()
def export(
    folder: Annotated[str, typer.Argument(help="Output folder or URL with pairs.", metavar="DIR")],
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            help="diffusers, energon, mds, litdata, bagel, ...: docs/export.md lists all, a wrong name too.",
            metavar="NAME",
        ),
    ],
    out: Annotated[str, typer.Option(help="Folder or URL to write to.", metavar="DIR")],
    tasks: Annotated[str | None, typer.Option(help="Export these tasks only.", metavar="A,B,C")] = None,
    split: Annotated[
        str | None, typer.Option(help="Export these prompts only: train or heldout.", metavar="NAME")
    ] = None,
    root: Annotated[
        str | None,
        typer.Option(help="Where the trainer will find --out, for formats that hold absolute paths.", metavar="PATH"),
    ] = None,
) -> None:
    """Write pairs as another trainer's reader expects them. The same command again does what is left."""
    from verichrome.commands.export import run

    raise typer.Exit(run(folder, format_, out, tasks, split, root))


@app.command()
def score(
    predictions: Annotated[
        str,
        typer.Argument(
            help="Answers of a model, KEY.png (.jpg, .webp): a folder, a .tar, or a folder of them.",
            metavar="PREDICTIONS",
        ),
    ],
    folder: Annotated[
        str | None,
        typer.Argument(
            help="Output folder or URL with the pairs; with --benchmark, the folder of its files.", metavar="DIR"
        ),
    ] = None,
    benchmark: Annotated[
        str | None,
        typer.Option(help="Score a public benchmark: nyuv2, kitti, ...: docs/benchmarks.md lists all.", metavar="NAME"),
    ] = None,
    prompts: Annotated[
        Path | None,
        typer.Option(
            help="With --benchmark NAME ROOT and no answers: write the images and prompts to run here.", metavar="OUT"
        ),
    ] = None,
    tasks: Annotated[str | None, typer.Option(help="Score these tasks only.", metavar="A,B,C")] = None,
    split: Annotated[
        str | None, typer.Option(help="Score these prompts only: train or heldout.", metavar="NAME")
    ] = None,
    frames: Annotated[
        str | None, typer.Option(help="Where the frames are, if not in DIR (as after `encode`).", metavar="DIR")
    ] = None,
    missing: Annotated[
        str,
        typer.Option(
            help="Pairs without an answer: error, skip, or black (a black picture is scored).", metavar="NAME"
        ),
    ] = "error",
    resize: Annotated[
        bool, typer.Option("--resize", help="Scale answers of another size (nearest neighbour).")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(help="Folder for every pair's scores, the summary and the worst answers.", metavar="DIR"),
    ] = None,
) -> None:
    """Decode a model's answers and score them against the truth; exit 1 if some cannot be used."""
    if benchmark is not None or prompts is not None:
        from verichrome.commands.benchmark import run as run_benchmark

        dataset_flags = {"--frames": frames, "--tasks": tasks, "--split": split}
        raise typer.Exit(run_benchmark(benchmark, predictions, folder, prompts, missing, resize, out, dataset_flags))
    from verichrome.commands.score import run

    raise typer.Exit(run(predictions, folder, frames, tasks, split, missing, resize, out))


@app.command()
def stats(
    folder: Annotated[str, typer.Argument(help="Output folder or URL with frames.", metavar="DIR")],
    out: Annotated[
        Path | None, typer.Option(help="Where to draw the plots instead of DIR/stats.png.", metavar="PNG")
    ] = None,
    photos: Annotated[
        Path | None, typer.Option(help="A folder of photographs to compare the frames with.", metavar="FOLDER")
    ] = None,
) -> None:
    """Count what the frames show: categories, depths, normals, colours, sizes, light, near-duplicates; and plot it."""
    from verichrome.commands.stats import run

    raise typer.Exit(run(folder, out, photos))


@app.command()
def view(
    folder: Annotated[str, typer.Argument(help="Output folder or URL of frames, pairs or both.", metavar="DIR")],
    frames_in: Annotated[
        str | None,
        typer.Option("--frames-in", help="Where the frames are, if not in DIR (as after `encode`).", metavar="DIR"),
    ] = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on; 0 is any free one.")] = 8000,
    browse: Annotated[bool, typer.Option("--open/--no-open", help="Open a browser.")] = True,
    out: Annotated[
        Path | None, typer.Option(help="Write the gallery as files into this folder instead.", metavar="DIR")
    ] = None,
    frames: Annotated[int, typer.Option(help="With --out: how many frames, spread over the set.")] = 48,
    predictions: Annotated[
        str | None, typer.Option(help="Show a model's answers beside the targets, as for `score`.", metavar="DIR|TAR")
    ] = None,
    scores: Annotated[
        str | None, typer.Option(help="What `score --out` wrote, to list the worst answers first.", metavar="DIR")
    ] = None,
) -> None:
    """Show frames and pairs in the browser: truth under the cursor, targets decoded, statistics."""
    from verichrome.commands.view import run

    raise typer.Exit(run(folder, frames_in, out, frames, host, port, browse, predictions, scores))


@app.command()
@config_flags(
    "family",
    "parameters",
    "assets",
    "blend",
    "rules",
    "categories",
    "new_categories",
    "hdris",
    "materials",
    "library_share",
    "seed",
    "scenes",
    "views",
    "lens",
    "resolution",
    "quality",
    "samples",
    "device",
    "out",
    scenes="4",
    views="1",
    resolution="256",
    samples="8",
    out="preview.png",
)
def preview(verbose: Verbose = False, **flags: Any) -> None:
    """Render a few scenes, small, into one contact sheet."""
    from verichrome.commands.preview import run

    raise typer.Exit(run(given_flags(flags), verbose))


@app.command()
@config_flags("blend", "rules", "categories", "new_categories", "hdris", "materials")
def assets(
    folder: Annotated[str | None, typer.Argument(help="Folder or URL of meshes.", metavar="[PATH]")] = None,
    **flags: Any,
) -> None:
    """List your own assets with their categories, and what is skipped and why; exit 1 if nothing can be used."""
    from verichrome.commands.assets import run

    raise typer.Exit(run(folder, given_flags(flags)))


@app.command()
def categories(
    file: Annotated[
        str | None, typer.Argument(help="YAML of your own categories, listed first.", metavar="[FILE]")
    ] = None,
) -> None:
    """List the categories that objects can have, each with its id and the words that name it."""
    from verichrome.commands.categories import run

    raise typer.Exit(run(file))


@app.command()
def doctor() -> None:
    """Report what this machine can do, and what it lacks; exit 1 if it cannot render."""
    from verichrome.commands.doctor import run

    raise typer.Exit(run())
