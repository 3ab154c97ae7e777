"""Readers of untrusted bytes, one for each format: a value, or a FormatError of one sentence. Sizes come first."""
