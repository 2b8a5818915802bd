"""Hugo 0.168, as its code has it and as it builds; each module names the Go file it follows."""
