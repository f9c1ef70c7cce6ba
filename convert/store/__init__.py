"""Where bytes lie that are not on this machine: `places` reads, lists and writes them through fsspec."""
