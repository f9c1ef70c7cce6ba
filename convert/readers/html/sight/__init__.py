"""What of a page is seen: its tree, what is hidden, and its leaves, the lines and pictures a reader goes through."""
