"""The card and the contact sheet of a finished data set. Both can be made again from the shards."""
