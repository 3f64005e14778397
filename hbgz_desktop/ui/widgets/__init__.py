"""The parts pages are built of; each takes the theme first and knows nothing of services."""
