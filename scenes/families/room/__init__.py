"""Rooms people live and work in, furnished by rules and lit by day and night."""
