"""A plain folder of Markdown files, which no generator has rules for; the rules here are ours."""
