"""Charts: two series at most, fed with ready numbers."""
