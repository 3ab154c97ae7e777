"""Readers of untrusted files, one for each format that `encode.reading` does not have: tar, YAML, parquet, OpenEXR."""
