"""What the folder of a mirrored feed holds."""

#: What the feed says of itself; a mirror that has it has been fetched.
FEED = "mirrored-feed.json"
#: The folder of its entries, each in a file of its own.
ENTRIES = "entries"
