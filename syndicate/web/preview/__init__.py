"""The page on which an editor watches the next edition while it is written."""
