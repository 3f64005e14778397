"""One page one job; each is announced to the window by a ``PageSpec``."""
