"""What Hugo reads at the top of a file (parser/pageparser/pagelexer_intro.go)."""

from syndicate.posts.front_matter import JSON, TOML, YAML_CORE, Heads

HEADS = Heads(kinds=(YAML_CORE, TOML, JSON), after_blank_lines=True)
