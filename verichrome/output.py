"""The folder or URL that a command writes to: is it ours, may we write, does it hold another configuration's work?"""

import itertools
import tempfile

from encode import FormatError, why_unusable
from shards import Store, StoreError, committed, read_receipt
from shards.reading.limits import MOST_TEXT_BYTES
from shards.reading.stored import read_small
from verichrome.config import Config
from verichrome.configfile import dump, parse, resolve
from verichrome.errors import UsageError
from verichrome.fingerprint import differences, frames_fingerprint, pairs_fingerprint

__all__ = ["CONFIG_NAME", "claim_output", "open_output", "stored_config"]

CONFIG_NAME = "config.yaml"
#: Written to an object store and removed again; hidden, should the removal fail.
PROBE_NAME = ".tmp/probe"


def open_output(config: Config, command: str) -> Store:
    """The store that `config.out` names, fit for this configuration; else raises UsageError and leaves no trace."""
    if not config.out:
        raise UsageError(f"{command} needs --out, the folder or URL to write to.")
    for name in config.tasks:
        if (trouble := why_unusable(name)) is not None:
            raise UsageError(f"The task {name} cannot be used: {trouble}.")
    try:
        store = Store(config.out)
        _check_writable(store)
        _check_owner(store, config)
    except StoreError as error:
        raise UsageError(f"Cannot use the output {config.out}: {error}.") from error
    return store


def claim_output(store: Store, config: Config) -> None:
    """Write config.yaml, the first file of an output, and clear what a killed job left half-written.

    It never says fewer scenes than the folder holds.
    """
    try:
        store.sweep()
        whole = config.model_copy(update={"scenes": max(config.scenes, _standing(store))})
        store.put(CONFIG_NAME, _config_text(whole).encode())
    except StoreError as error:
        raise UsageError(f"Cannot use the output {store.url}: {error}.") from error


def stored_config(store: Store) -> Config | None:
    """The configuration that the store's own config.yaml holds, or None where there is none; raises UsageError."""
    if not store.exists(CONFIG_NAME):
        return None
    where = store.where(CONFIG_NAME)
    try:
        return resolve(parse(read_small(store, CONFIG_NAME, MOST_TEXT_BYTES), where))
    except (UsageError, FormatError) as error:
        raise UsageError(f"{where} is no configuration that this version reads: {error}") from error


def _standing(store: Store) -> int:
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


def _check_writable(store: Store) -> None:
    if store.folder is None:
        # Only a write tells that the bucket is there and takes what these credentials bring.
        store.put(PROBE_NAME, b"")
        store.remove(PROBE_NAME)
        return
    folder = store.folder.absolute()
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"The output {store.url} is a file; --out must name a folder.")
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    if not nearest.is_dir():
        raise UsageError(f"The output {store.url} cannot be written: {nearest} is no folder.")
    try:
        # Asking for permission is not enough: a full or read-only disk and /proc refuse all the same.
        with tempfile.TemporaryFile(dir=nearest):
            pass
    except OSError as error:
        raise UsageError(
            f"The output {store.url} cannot be written: {nearest} takes no files ({error.strerror})."
        ) from error


def _check_owner(store: Store, config: Config) -> None:
    old = stored_config(store)
    if old is not None:
        found = differences(old, config)
        if found:
            raise UsageError(
                f"{store.url} holds the work of another configuration: {found}; "
                "take another --out, or the same settings."
            )
    elif strangers := [name for name in itertools.islice(store.names(), 3) if not name.startswith(".")]:
        raise UsageError(
            f"{store.url} is not empty and holds no {CONFIG_NAME} (but {', '.join(strangers)}); take another --out."
        )
