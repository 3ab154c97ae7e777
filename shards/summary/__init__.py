"""What people read of a finished data set: its card and its contact sheet. Both can be made again from the shards."""
