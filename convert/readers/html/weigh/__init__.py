"""Which leaves of a page are its article and which one its title, by evidence."""
