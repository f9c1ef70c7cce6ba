"""What the editions for word processors, DOCX and ODT, have in common: their arithmetic of pages and lines, what they
call languages, which marks of lists and notes they count, how tables and letterheads are laid out."""
