"""Terrain and plants: relief, ground cover, trees and rocks, generated from a few numbers and a seed."""
