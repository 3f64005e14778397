"""The console: pages, table models, delegates, charts. The only package that imports Qt."""
