"""Where the data files lie: beside the package in a checkout, inside it in an installed wheel."""

from __future__ import annotations

from pathlib import Path

from hbgz_desktop.model.errors import StandardError


def find_resources(package: Path) -> Path:
    """The ``resources`` folder that belongs to a package folder.

    Args:
        package: Folder of the ``hbgz_desktop`` package.

    Raises:
        StandardError: ``resources_missing``, neither place has the folder.
    """
    for folder in (package / "_resources", package.parent / "resources"):
        if (folder / "standards").is_dir():
            return folder
    raise StandardError("resources_missing")


def resources_dir() -> Path:
    """The ``resources`` folder of the running program; safe from any thread.

    Raises:
        StandardError: ``resources_missing``, the installation is incomplete.
    """
    return find_resources(Path(__file__).resolve().parents[1])
