"""What every command gets: its arguments, and the workplace opened on demand."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

from hbgz_desktop.model.workstation import system_account
from hbgz_desktop.services.browsing import Browsing
from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.workplace import Workplace

if TYPE_CHECKING:
    import argparse


class Context:
    """Arguments and services of one run."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        """Take the parsed arguments; nothing is opened yet."""
        self.arguments = arguments
        self.folder = DataFolder.choose(arguments.data)
        self.language = "en" if os.environ.get("HBGZ_LANGUAGE", "").startswith("en") else "zh"

    @cached_property
    def work(self) -> Workplace:
        """The services of the data folder."""
        return Workplace(self.folder)

    @cached_property
    def browsing(self) -> Browsing:
        """Lists and details."""
        return Browsing(self.work)

    @property
    def actor(self) -> str:
        """The system account, for audit rows."""
        return system_account()

    @property
    def wants_json(self) -> bool:
        """``--json`` was given."""
        return bool(getattr(self.arguments, "json", False))

    def close(self) -> None:
        """Close what was opened."""
        if "work" in self.__dict__:
            self.work.close()


def add_json(parser: argparse.ArgumentParser) -> None:
    """Give a listing its ``--json``."""
    parser.add_argument("--json", action="store_true", help="按 JSON 输出")
