"""Open country: hills to a closed horizon, water, paths, rocks, trees, tents, fences and boats, in seven biomes."""
