"""The process of the command: plans shards, hands out work items, counts what comes back."""
