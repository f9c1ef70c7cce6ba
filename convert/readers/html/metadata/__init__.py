"""What is known of an article: what the lines around it say, then what the head of the page does."""
