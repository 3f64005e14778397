"""The cache of other hospitals' images: bounded by age and size, never cleared under someone's eyes, never sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hbgz_desktop.dicom.thumbnail_client import ThumbnailProcess
from hbgz_desktop.model.errors import DicomError, DiskFullError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hbgz_desktop.model.other_hospitals import OutsideImage
    from hbgz_desktop.model.settings import Settings
    from hbgz_desktop.storage.outside_files import OutsideFiles
    from hbgz_desktop.storage.outside_images import OutsideImageStore

HOLD_FOR = timedelta(minutes=10)
"""A hold is renewed while somebody looks; of a console that died it ends by itself."""
PICTURE_PX = 256
_MEGABYTE = 1024 * 1024


class OutsideCache:
    """Rows and files of the cache together. Blocks on database and disk; safe from any thread and process."""

    def __init__(
        self,
        *,
        settings: Callable[[], Settings],
        images: OutsideImageStore,
        files: OutsideFiles,
    ) -> None:
        """Keep files by ``files``, rows in ``images``."""
        self._settings = settings
        self._images = images
        self._files = files
        self._pictures = ThumbnailProcess()

    # What is looked at

    def hold(self, examination_id: int) -> None:
        """Keep an examination's images from being cleared for the next minutes."""
        self._images.hold(examination_id, datetime.now(UTC) + HOLD_FOR)

    def release(self, examination_id: int) -> None:
        """Nobody looks at it any more."""
        self._images.hold(examination_id, None)

    def images(self, examination_id: int) -> tuple[OutsideImage, ...]:
        """Images of an examination in order; a cached one whose file is gone counts as not cached."""
        found = self._images.images(examination_id)
        gone = [one for one in found if one.is_cached and not self._has(one)]
        for one in gone:
            self._images.lost(one.id)
        return self._images.images(examination_id) if gone else found

    def _has(self, image: OutsideImage) -> bool:
        return self._files.has(image.examination_id, image.id, image.size_bytes)

    def path(self, image: OutsideImage) -> Path:
        """Where a cached image is."""
        return self._files.path(image.examination_id, image.id)

    def picture(self, image: OutsideImage) -> Path | str:
        """A small picture of a cached image, made by a process of its own when there is none yet.

        Returns:
            Where it is, or the reason there is none (``render_thumbnail`` has them).
        """
        out = self._files.picture(image.examination_id, image.id)
        if not out.exists():
            try:
                self._pictures.render(self.path(image), out, side_px=PICTURE_PX)
            except DicomError as error:
                return str(error.facts.get("reason", error.code))
        return out

    # Bounds

    @property
    def size_bytes(self) -> int:
        """Size of the images that are cached."""
        return self._images.cached_bytes()

    def make_room(self, size_bytes: int, examination_id: int) -> None:
        """Clear what was not looked at for longest until so many more bytes fit.

        Args:
            size_bytes: How many more.
            examination_id: Whose images are being fetched: they stay.

        Raises:
            DiskFullError: ``outside_cache_full``: what is being looked at fills the cache alone.
        """
        limit = self._settings().other_hospitals.cache_mb * _MEGABYTE
        while self._images.cached_bytes() + size_bytes > limit:
            gone = self._images.drop_oldest(but=examination_id)
            if gone is None:
                raise DiskFullError("outside_cache_full", cache_mb=limit // _MEGABYTE)
            self._files.remove(gone)

    def tidy(self) -> int:
        """Clear by age, then by size, then files that are nobody's; returns how many things went."""
        before = datetime.now(UTC) - timedelta(days=self._settings().other_hospitals.cache_days)
        gone = self._images.forget(before)
        for one in gone:
            self._files.remove(one)
        count = len(gone) + self._images.forget_looks(before)
        limit = self._settings().other_hospitals.cache_mb * _MEGABYTE
        while self._images.cached_bytes() > limit:
            oldest = self._images.drop_oldest()
            if oldest is None:
                break
            self._files.remove(oldest)
            count += 1
        self._sweep()
        return count

    def clear(self) -> int:
        """Clear everything nobody looks at; returns how many bytes went."""
        before = self._images.cached_bytes()
        while gone := self._images.forget(None):
            for one in gone:
                self._files.remove(one)
        self._sweep()
        return before - self._images.cached_bytes()

    def _sweep(self) -> None:
        folders = self._files.folders()
        known = self._images.with_files(folders)
        for one in folders:
            if one in known:
                self._files.sweep(one, self._images.wanted_files(one))
            else:
                self._files.remove(one)

    def close(self) -> None:
        """End the process that makes pictures, if there is one."""
        self._pictures.close()
