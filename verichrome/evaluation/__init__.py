"""Public benchmarks: which prompts to run, and scores of the answers with each benchmark's own crop, cap and masks."""

from verichrome.evaluation.prompt_list import write_prompts
from verichrome.evaluation.registry import BENCHMARKS, open_benchmark
from verichrome.evaluation.sample import Benchmark, BenchmarkSample
from verichrome.evaluation.scorer import score_benchmark

__all__ = ["BENCHMARKS", "Benchmark", "BenchmarkSample", "open_benchmark", "score_benchmark", "write_prompts"]
