"""Where articles come from: bytes in, articles and issues out. One format a file."""
