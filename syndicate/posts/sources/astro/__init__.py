"""Astro's content collections, as Astro 5 reads them; nothing of a site is run."""
