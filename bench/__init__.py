"""Benchmarks that print ratios: the engine against the same rows written by hand."""
