"""What the audit knows beside the shards: the configuration, the taxonomy, and the scene that a frame was made from."""
