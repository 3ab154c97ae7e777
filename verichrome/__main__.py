"""`verichrome` and `python -m verichrome`."""

import atexit
import gc
import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; a usage error is one sentence on stderr and exit code 2. Ends by SystemExit."""
    from verichrome.errors import UsageError
    from verichrome.signals import Interrupted, interruptible

    # Before it exits, Python looks for cycles in all that there is: for a quarter of a second after a job, in vain.
    atexit.register(gc.freeze)
    _escape_output()
    try:
        with interruptible():
            from verichrome.cli import app

            _check_text(sys.argv[1:] if arguments is None else arguments)
            app(arguments)
    except UsageError as error:
        from verichrome.console import fit  # lazy: half a second of imports that `--help` does not need

        sys.stderr.write(f"{fit(str(error))}\n")
        sys.exit(2)
    except Interrupted as stop:
        sys.stderr.write("Stopped.\n")
        sys.exit(stop.exit_code)


def _escape_output() -> None:
    """Escape characters that the terminal cannot encode, so that printing a name cannot end a command with an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _check_text(arguments: Sequence[str]) -> None:
    """Refuse names that are not UTF-8 at the start: Ray, YAML and JSON would refuse them after hours of work."""
    from verichrome.errors import UsageError

    for argument in arguments:
        try:
            argument.encode()
        except UnicodeEncodeError:
            raise UsageError(f"Names must be UTF-8 text, and {argument} is not: give the file another one.") from None


if __name__ == "__main__":
    main()
