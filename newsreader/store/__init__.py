"""The in-memory store: columns, immutable snapshots of them, and views."""
