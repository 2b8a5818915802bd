"""Zola, as its code has it; each module names the Rust file it follows."""
