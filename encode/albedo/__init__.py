"""Base colour (albedo), and the task that asks for it."""
