"""What objects are made with: curves, outlines, profiles, finishes. Nothing here knows a category."""
