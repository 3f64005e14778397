"""A simulated platform and modality with faults, for demo, rehearsal and tests."""
