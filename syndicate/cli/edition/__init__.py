"""``syndicate edition``: one command a file."""
