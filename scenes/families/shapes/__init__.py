"""Plain solids in plain colours on a ground plane, after CLEVR: cheap scenes for tests and for learning relations."""
