"""Posts become feeds: RSS, Atom and JSON documents, and a page for people beside each."""
