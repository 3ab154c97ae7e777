"""`verichrome view`: serves the gallery, or writes it as files."""

import webbrowser
from pathlib import Path
from signal import SIGINT

from rich.console import Console

from encode import EncodeError
from shards import ShardError, Store, StoreError, WriteRefused
from shards.gallery import Gallery, GalleryServer, export_gallery
from shards.scoring import ShownAnswers, open_answers
from verichrome.console import progress_bar, say
from verichrome.dataset import open_dataset
from verichrome.errors import UsageError
from verichrome.signals import Interrupted

__all__ = ["run"]


def run(
    url: str,
    frames_url: str | None,
    out: Path | None,
    frames: int,
    host: str,
    port: int,
    browse: bool,
    predictions: str | None = None,
    report: str | None = None,
) -> int:
    """Serve the gallery until Ctrl-C, or write it to `out`; 0 unless the data does not read."""
    if not 0 <= port <= 65535:
        raise UsageError(f"--port must be 0 to 65535, got {port}.")
    if not host:
        raise UsageError("--host must be an address or a name of this machine, got an empty one.")
    if frames < 1:
        raise UsageError(f"--frames must be at least 1, got {frames}.")
    try:
        gallery = _open(url, frames_url, _answers(predictions, report))
    except ShardError as error:
        raise UsageError(f"Cannot show {url}: {error}.") from error
    if out is not None:
        return _export(gallery, url, out, frames)
    return _serve(gallery, url, host, port, browse)


def _answers(predictions: str | None, report: str | None) -> ShownAnswers | None:
    if predictions is None:
        if report is not None:
            raise UsageError("--scores ranks the answers that --predictions names, and there is no --predictions.")
        return None
    return ShownAnswers(open_answers(predictions), Store(report) if report is not None else None)


def _open(url: str, frames_url: str | None, answers: ShownAnswers | None) -> Gallery:
    dataset = open_dataset(url)
    frames = dataset.store if frames_url is None else Store(frames_url)
    if frames_url is not None and not any(frames.names("receipts/frames-")):
        raise UsageError(f"--frames-in {frames_url} has no receipts of frames, as `generate` writes them.")
    return Gallery(dataset.store, frames, answers)


def _serve(gallery: Gallery, url: str, host: str, port: int, browse: bool) -> int:
    try:
        server = GalleryServer(gallery, host, port)
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or error
        raise UsageError(f"Cannot listen on {host} port {port}: {why}; --port 0 takes any free port.") from error
    with server:
        if not server.is_private:
            message = (
                f"Everybody who can reach {host} sees the data, since there is no password; "
                "without --host only this machine can."
            )
            say(Console(stderr=True), message)
        say(Console(), f"{url} is at {server.url} (Ctrl-C ends)")
        if browse:
            webbrowser.open(server.url)
        try:
            server.serve_forever()
        except Interrupted as stop:
            if stop.exit_code != 128 + SIGINT:
                raise
    return 0


def _export(gallery: Gallery, url: str, out: Path, frames: int) -> int:
    console = Console(stderr=True)
    try:
        with progress_bar(console, "writing", "frames") as progress:
            written = export_gallery(gallery, out, frames, progress)
    except WriteRefused as error:
        raise UsageError(f"{error}; take another --out.") from error
    except (EncodeError, ShardError, StoreError, OSError) as error:
        say(console, f"Writing the gallery failed: {error}")
        return 1
    message = f"Wrote {written} frames of {url} to {out}. Look at them: python3 -m http.server -d {out}"
    say(console, message)
    return 0
