"""One file a use case. Knows every package below, no library of theirs, no Qt."""
