"""Cached images of another hospital copied into a folder: byte for byte, named by series and place in it."""

from __future__ import annotations

import hashlib
import os
import secrets
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import StorageError, UsageError
from hbgz_desktop.system.durable_files import durable_rename, make_folder, sync_content, sync_folder
from hbgz_desktop.system.os_errors import translate_os_error
from hbgz_desktop.system.removal import discard
from hbgz_desktop.system.windows_paths import reachable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hbgz_desktop.model.other_hospitals import OutsideImage
    from hbgz_desktop.services.outside_cache import OutsideCache

_BLOCK_BYTES = 1024 * 1024


def file_name(image: OutsideImage) -> str:
    """S001I00001.dcm: series and place in it, nothing of a patient and no UID."""
    return f"S{image.series:03d}I{image.number:05d}.dcm"


def export_images(
    cache: OutsideCache, images: Sequence[OutsideImage], folder: Path, *, force: bool
) -> tuple[Path, ...]:
    """Copy what is cached; a file that is there already with the same content is left as it is.

    Args:
        cache: Where the images are.
        images: Of one examination; those that are not cached are passed over.
        folder: Made when missing.
        force: Replace files of the same name and another content.

    Returns:
        The files, in order.

    Raises:
        UsageError: ``outside_file_exists``: nothing was written.
        StorageError: ``outside_cache_changed``: a cached file is not what was received.
        DiskFullError: No room.
    """
    wanted = [(one, reachable(folder / file_name(one))) for one in images if one.is_cached]
    try:
        there = {path: _digest(path) for _, path in wanted if path.exists()}
        others = [one for one, path in wanted if path in there and there[path] != one.sha256]
        if others and not force:
            raise UsageError("outside_file_exists", count=len(others))
        make_folder(folder)
        for image, path in wanted:
            if there.get(path) != image.sha256:
                _copy(cache.path(image), path, image.sha256)
        sync_folder(folder)
    except OSError as error:
        raise translate_os_error(error) from error
    return tuple(folder / path.name for _, path in wanted)


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()


def _copy(source: Path, target: Path, sha256: str) -> None:
    part = reachable(target.with_name(f".{target.name}.{os.getpid()}-{secrets.token_hex(4)}.part"))
    digest = hashlib.sha256()
    try:
        with source.open("rb") as stream, part.open("xb") as out:
            while block := stream.read(_BLOCK_BYTES):
                digest.update(block)
                out.write(block)
            out.flush()
            sync_content(out.fileno())
        if digest.hexdigest() != sha256:
            raise StorageError("outside_cache_changed", retryable=False)
        durable_rename(part, target)
    finally:
        discard(part)
