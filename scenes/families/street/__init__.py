"""Streets: a road between buildings or a park, vehicles, people, trees, lamps and street furniture."""
