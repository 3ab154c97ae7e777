"""The job: shards of scenes, rendered and encoded by worker processes under Ray."""
