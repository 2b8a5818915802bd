"""The feed source: a site read from the mirror of its feed."""
