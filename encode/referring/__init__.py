"""Referring expressions: a formal language, a sampler, a realiser in English, and an independent evaluator."""
