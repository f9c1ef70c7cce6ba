"""Feeds for reading programs: OPDS 1.2 and 2.0 to browse and fetch, Atom for what is new."""
