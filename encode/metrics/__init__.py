"""Metrics, as the benchmarks of the paper define them."""
