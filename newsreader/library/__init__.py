"""The library and the machinery behind it: reading, asking, opening in a browser."""
