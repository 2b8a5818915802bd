"""A site's files become posts: what they say, how they open, and which of them are new."""
