"""The folder or URL that a command writes to: can it be written, and does it hold another configuration's work?"""

from collections.abc import Iterator
from pathlib import Path

from encode import FormatError, why_unusable
from shards import Store, StoreError, committed, printable, read_receipt
from shards.layout import CONFIG as CONFIG_NAME
from shards.reading.limits import MOST_TEXT_BYTES
from shards.reading.stored import read_small
from verichrome.config import Config
from verichrome.config.fingerprint import LATER, differences, frames_fingerprint, pairs_fingerprint
from verichrome.configfile import dump, parse, resolve
from verichrome.errors import OldConfig, UsageError
from verichrome.output_file import refusal_reason

__all__ = ["CONFIG_NAME", "claim_output", "open_output", "stored_config"]

#: Written to an object store and removed again; hidden in case the removal fails.
PROBE_NAME = ".tmp/probe"
_HIDDEN = ".tmp"
#: Folders of an output that a job reads from or writes to.
_FOLDERS = ("frames", "pairs", "receipts", "manifest", "library", ".spool", _HIDDEN)
#: A line of the heading of every config.yaml that this module writes.
_MARK = b"# fingerprint of the frames: "


def open_output(config: Config, command: str) -> Store:
    """The store that `config.job.out` names, fit for this configuration; else raises UsageError and leaves no trace."""
    if not config.job.out:
        raise UsageError(f"{command} needs --out, the folder or URL to write to.")
    for name in config.pairs.tasks:
        if (trouble := why_unusable(name)) is not None:
            raise UsageError(f"The task {name} cannot be used: {trouble}.")
    try:
        store = Store(config.job.out)
        if store.folder is not None:
            _check_folder(store, store.folder.absolute())
        else:
            # Only a write shows that the bucket is there and accepts these credentials.
            store.put(PROBE_NAME, b"")
            store.remove(PROBE_NAME)
        _check_owner(store, config)
    except StoreError as error:
        raise UsageError(f"Cannot use the output {config.job.out}: {error}.") from error
    return store


def claim_output(store: Store, config: Config) -> None:
    """Write config.yaml, the first file of an output, and clear what a killed job left half-written.

    Its number of scenes is at least what the folder holds.
    """
    try:
        store.sweep()
        grown = config.changed(scenes=max(config.job.scenes, _scenes_there(store)))
        store.put(CONFIG_NAME, _config_text(grown).encode())
    except StoreError as error:
        raise UsageError(f"Cannot use the output {store.url}: {error}.") from error


def stored_config(store: Store) -> Config | None:
    """The configuration that the store's own config.yaml holds, or None where there is none; raises UsageError.

    It names every field that its version had: those that it lacks came later.
    """
    if not store.exists(CONFIG_NAME):
        return None
    where = store.where(CONFIG_NAME)
    try:
        return resolve(LATER, parse(_stored_text(store), where))
    except OldConfig as error:
        raise UsageError(
            f"{where} was written by an earlier version of Verichrome, and this one does not read it: continue with "
            "the version that the receipts name, or generate into another folder."
        ) from error
    except UsageError as error:
        raise UsageError(f"{where} cannot be read as a configuration of this version: {error}") from error


def _stored_text(store: Store) -> bytes:
    try:
        return read_small(store, CONFIG_NAME, MOST_TEXT_BYTES)
    except FormatError as error:
        raise UsageError(f"{error}.") from error


def _scenes_there(store: Store) -> int:
    """How many scenes are committed, failed ones included, counted to the end of the last shard."""
    shards = committed(store, "frames")
    if not shards:
        return 0
    receipt = read_receipt(store, "frames", max(shards))
    return 1 + max((row.scene_index for row in receipt.scenes), default=-1)


def _config_text(config: Config) -> str:
    """`config.yaml` of an output: the configuration, with its fingerprints in the heading."""
    frames = frames_fingerprint(config)
    heading = (
        "What made this folder; `verichrome generate` reads it back.\n"
        f"fingerprint of the frames: {frames}\nfingerprint of the pairs: {pairs_fingerprint(config, frames)}"
    )
    return dump(config, heading)


def _check_folder(store: Store, folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"The output {store.url} is a file; --out must name a folder.")
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    if not nearest.is_dir():
        raise UsageError(f"The output {store.url} cannot be written: {nearest} is not a folder.")
    if refusal := refusal_reason(nearest):
        raise UsageError(f"The output {store.url} cannot be written: {nearest} takes no files ({refusal}).")


def _check_owner(store: Store, config: Config) -> None:
    """Raise UsageError unless the store is empty, or `claim_output` wrote to it."""
    if not store.exists(CONFIG_NAME):
        foreign = sorted({name.partition("/")[0] for name in _foreign_names(store)})
        if foreign:
            shown = ", ".join(map(printable, foreign[:3])) + (", …" if len(foreign) > 3 else "")
            raise UsageError(f"{store.url} is not empty and holds no {CONFIG_NAME} (but {shown}); take another --out.")
        return
    if _MARK not in _stored_text(store):
        raise UsageError(f"{store.where(CONFIG_NAME)} was not written by Verichrome; take another --out.")
    stored = stored_config(store)
    if stored is not None and (different := differences(stored, config)):
        raise UsageError(
            f"{store.url} holds the work of another configuration: {different}; take another --out, or the same "
            "settings."
        )
    for folder in _FOLDERS:
        store.check_regular(folder)


def _foreign_names(store: Store) -> Iterator[str]:
    """Names in the store, except those that a job may leave if it is killed before it writes config.yaml."""
    for name, is_folder in store.entries():
        if name != _HIDDEN or not is_folder:
            yield name
            continue
        left = (f"{_HIDDEN}/lock", PROBE_NAME)
        names = store.names(f"{_HIDDEN}/")
        yield from (entry for entry in names if entry not in left and not entry.startswith(f"{_HIDDEN}/.tmp-"))
