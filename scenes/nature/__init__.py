"""What grows and lies outdoors: the lie of the land, and shapes too intricate to be written down part by part."""
