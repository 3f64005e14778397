"""Frozen facts and pure rules. Knows the standard library and pydantic, nothing else."""
