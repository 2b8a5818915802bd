"""Jekyll 4 and jekyll-feed, as their code has it; each module names the Ruby file it follows."""
