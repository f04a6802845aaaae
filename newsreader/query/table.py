"""The columns that a query reads."""

from newsreader.model.table import NO_CODE, UNKNOWN, UNKNOWN_TIME, Flag, Having, Lists, Mark, Table

__all__ = ["NO_CODE", "UNKNOWN", "UNKNOWN_TIME", "Flag", "Having", "Lists", "Mark", "Table"]
