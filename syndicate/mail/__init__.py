"""One RFC 5322 message from anything: inlining, plain text, headers, the wire template."""
