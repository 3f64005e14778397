"""Painters of table rows and cells."""
