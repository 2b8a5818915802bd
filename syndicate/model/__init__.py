"""The nouns: frozen values, one noun a file, no effects and no imports from above."""
