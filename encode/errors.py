"""The errors that `encode` raises.

```
ValueError
└── EncodeError
    ├── ArrayError       an image or a truth map of the wrong type, shape or content
    ├── CodecError       an unknown codec, or parameters that do not fit it
    ├── ColorError       a colour that cannot be read, or colours too close to distinguish
    ├── ExpressionError  a referring expression whose structured form makes no sense
    ├── FormatError      bytes of another format than expected, or too many
    ├── MetaError        a `meta.json` that is not as docs/formats.md describes
    ├── PromptError      a prompt, template or legend that cannot be written or read back
    ├── SceneFileError       a `scene.json` that is not as docs/formats.md describes
    └── TaskError        a task that does not exist, is registered wrongly or fails
```

Every message says where, what was expected and what was got.
"""

__all__ = [
    "ArrayError",
    "CodecError",
    "ColorError",
    "EncodeError",
    "ExpressionError",
    "FormatError",
    "MetaError",
    "PromptError",
    "SceneFileError",
    "TaskError",
]


class EncodeError(ValueError):
    """Base of everything that `encode` raises on purpose.

    The three parts stay separate arguments so that an error survives pickling between Ray processes.
    """

    def __init__(self, where: str, expected: str, got: str) -> None:
        super().__init__(where, expected, got)
        self.where = where
        self.expected = expected
        self.got = got

    def __str__(self) -> str:
        return f"{self.where}: expected {self.expected}, got {self.got}"


class ArrayError(EncodeError):
    """An image or truth map of the wrong type, shape or content."""


class CodecError(EncodeError):
    """An unknown codec, or parameters that do not fit it."""


class ColorError(EncodeError):
    """A colour that cannot be read, or colours too close to distinguish."""


class ExpressionError(EncodeError):
    """A referring expression whose structured form makes no sense."""


class FormatError(EncodeError):
    """Bytes of another format than expected, or larger than the limit for that format."""


class MetaError(EncodeError):
    """A `meta.json` that is not as docs/formats.md describes."""


class PromptError(EncodeError):
    """A prompt, template or legend that cannot be written or read back."""


class SceneFileError(EncodeError):
    """A `scene.json` that is not as docs/formats.md describes."""


class TaskError(EncodeError):
    """A task that does not exist, is registered wrongly, or fails where it must not."""
