"""Pelican 4, as its code has it; each module names the Python file it follows. Nothing of a site is run."""
