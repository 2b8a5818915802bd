"""The command line: one command a file, each a thin surface over a function of the stage it names."""

from syndicate.cli.loading import for_good

with for_good():
    from syndicate.cli.application import main

__all__ = ["main"]
