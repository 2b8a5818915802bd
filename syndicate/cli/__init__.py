"""The command line: one command a file, each a thin surface over a function of the stage it names."""

import gc

# What is imported stays to the end: to look through it for garbage takes a tenth of a pass without changes.
gc.disable()
from syndicate.cli.application import main  # noqa: E402 - as above

gc.freeze()
gc.enable()

__all__ = ["main"]
