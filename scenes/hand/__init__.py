"""Hands: a palm, four fingers and a thumb over bones of human proportions, bent at their joints, and their nails."""
