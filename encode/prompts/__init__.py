"""Prompts: a small grammar as data (`templates/*.toml`); one definition writes and reads them."""
