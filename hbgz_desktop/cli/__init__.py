"""The ``hbgz`` command line: one module a family of commands. The only place that prints."""
