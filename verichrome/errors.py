"""What goes wrong because of what was asked: one sentence for a person, exit code 2, no traceback.

UsageError
└── ConfigError    the configuration; one line a fault
"""

__all__ = ["ConfigError", "UsageError"]


class UsageError(Exception):
    """The command cannot start; the message is one sentence that says what to do."""


class ConfigError(UsageError):
    """The configuration is not valid; the message has one sentence a fault, a line each."""
