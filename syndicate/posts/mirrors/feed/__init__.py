"""A site that is read from its feed: each entry is kept as a file, whatever the feed shows later."""
