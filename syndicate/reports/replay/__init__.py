"""A repository's history through today's rules: what would have been mailed, and when."""
