"""`verichrome` and `python -m verichrome`."""

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line; a usage error is one sentence on stderr and exit code 2."""
    from verichrome.cli import app
    from verichrome.errors import UsageError

    try:
        app()
    except UsageError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
