"""``syndicate dkim``, one command a module."""
