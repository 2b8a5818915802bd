"""``syndicate subscriber``: one command a file."""
