"""One folder a platform; beside them the loader and validator of standards and the HTTP door."""
