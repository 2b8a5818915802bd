"""Sending an edition: freeze, then claim → hand over → settle, until nobody waits."""
