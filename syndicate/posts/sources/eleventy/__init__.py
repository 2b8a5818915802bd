"""Eleventy 3, as its code has it; each module names the file it follows. Nothing of a site is run."""
