"""From owed posts to the content of an edition: composition, page, text part, public page."""
