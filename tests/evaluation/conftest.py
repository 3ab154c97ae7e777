"""The command line, as the tests of the job run it."""

from tests.job.conftest import verichrome

__all__ = ["verichrome"]
