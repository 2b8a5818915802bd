"""``syndicate db``: one command a file."""
