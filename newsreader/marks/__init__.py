"""What the reader did: a journal that is never changed, only added to, and what it comes to."""
