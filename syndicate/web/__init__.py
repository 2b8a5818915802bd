"""What readers meet over HTTP: the public files, and the page that takes them off a list."""
