"""The Chinese language as data: characters, numerals, dates, names, words; one vocabulary for all rooms."""
