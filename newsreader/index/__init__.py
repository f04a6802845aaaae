"""The index: one SQLite file of what was derived from other files. It can be deleted any time."""
