"""Syndicate: a folder of Markdown posts becomes feeds, digests, and a calm desk for the editor."""

__version__ = "0.1.0"
