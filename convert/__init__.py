"""wenban: scraped Chinese web pages -> publication-grade DOCX, PDF and EPUB editions."""
