"""What the program says: `messages` to its users, `labels` to the readers of an edition; each in their language."""
