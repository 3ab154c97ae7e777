"""What a scene stands in: tables, floors, walls and what hangs on them. Made to measure, so not in the catalogue."""
