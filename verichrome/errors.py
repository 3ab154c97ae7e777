"""Errors in what the user asked for: one sentence, exit code 2, no traceback.

UsageError
├── ConfigError    the configuration; one line for each thing that is wrong
└── OldConfig      a configuration of an earlier format
"""

__all__ = ["ConfigError", "OldConfig", "UsageError"]


class UsageError(Exception):
    """The command cannot start; the message is one sentence with the remedy."""


class ConfigError(UsageError):
    """The configuration is not valid; the message has one sentence, a line each, for each thing that is wrong."""


class OldConfig(UsageError):
    """A configuration of an earlier format; the message is one sentence that explains how to update it."""
