"""Pages from the web, for the full text of an article: fetched, extracted, cleaned and kept."""
