"""The errors that `shards` raises.

```
ShardError
├── StoreError     a folder or object store refused to read, write or list
├── WriteRefused   a writer was given a key, a member or a receipt field that is not allowed
├── DamagedShard   a tar or a receipt is not what was committed: missing, cut, changed
└── BadSample      a sample lacks a member, or a member cannot be read
```

Every message is one sentence that says where, what was expected and what was got.
"""

__all__ = ["BadSample", "DamagedShard", "ShardError", "StoreError", "WriteRefused"]


class ShardError(Exception):
    """Base of everything that `shards` raises on purpose."""


class StoreError(ShardError):
    """A folder or object store refused to read, write or list; the message names path and cause."""


class WriteRefused(ShardError):
    """A writer was given a key, a member or a receipt field that is not allowed."""


class DamagedShard(ShardError):
    """A tar or a receipt is not what was committed: missing, cut short or changed."""


class BadSample(ShardError):
    """A sample lacks a member, or a member cannot be read as what it claims to be."""
