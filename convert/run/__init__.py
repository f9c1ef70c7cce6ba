"""One document or a million: `pipeline` makes one, `batch` many; reports, preview and rebuilding stand on these."""
