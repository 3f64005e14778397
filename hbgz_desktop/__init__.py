"""hbgz_desktop: hands a hospital's examinations to Hebei's and Guizhou's platforms, and proves they arrived."""

__version__ = "0.1.0"
