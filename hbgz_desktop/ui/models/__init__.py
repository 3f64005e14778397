"""Item models over data that is read page by page."""
