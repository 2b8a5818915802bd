"""posts/sources."""
