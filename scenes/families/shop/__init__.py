"""Shops: a supermarket, a greengrocer's, a bakery, a market on a square."""
