"""The revisions. A file here is never changed once it was released."""
