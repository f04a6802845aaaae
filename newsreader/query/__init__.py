"""The query language: parsing, meaning, order, facets, and edits of the text by widgets."""
