"""`verichrome` and `python -m verichrome`."""

import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; a usage error is one sentence on stderr and exit code 2. Ends by SystemExit."""
    from verichrome.cli import app
    from verichrome.errors import UsageError

    try:
        app(arguments)
    except UsageError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
