"""Prompts: a small grammar held as data (`templates/*.toml`), written and read back by one definition."""
