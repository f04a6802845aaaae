"""Articles as files for other programs and people: pure functions from articles to text."""
