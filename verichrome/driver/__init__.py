"""The driver: plans shards, gives work items to workers, and counts their results."""
