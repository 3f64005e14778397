"""贵州省医保影像云 V1.4: wire shapes and client (sections 2.1, 2.2, 2.4)."""
