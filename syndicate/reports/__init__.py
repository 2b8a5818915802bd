"""Questions that look across stages, answered from the store."""
