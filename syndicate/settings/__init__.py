"""``config/syndicate.toml`` and the environment become frozen ``Settings``; nothing else reads either."""
