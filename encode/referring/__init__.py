"""Referring expressions: a small formal language, a sampler, a realiser in English, and an evaluator that knows neither."""
