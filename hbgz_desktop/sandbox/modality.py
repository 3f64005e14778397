"""A simulated modality: writes studies with phantom images, right headers, in many encodings.

The only module of the sandbox that uses pydicom and image encoders.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import imagecodecs
import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import UID

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.sandbox.phantom_pixels import Pixels, draw, texture
from hbgz_desktop.sandbox.study_spec import UID_ROOT, Anatomy, Charset, StudySpec, Syntax

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

LOCAL: Final = ZoneInfo("Asia/Shanghai")
SOP_CLASSES: Final = {
    "CT": "1.2.840.10008.5.1.4.1.1.2",
    "MR": "1.2.840.10008.5.1.4.1.1.4",
    "DX": "1.2.840.10008.5.1.4.1.1.1.1",
    "US": "1.2.840.10008.5.1.4.1.1.6.1",
}
# Named, because pydicom's first choice for RLE is gdcm, which aborts the process on odd sizes.
BY_PYDICOM: Final = {Syntax.RLE: "pydicom", Syntax.JPEG_LS: "pyjpegls"}
BY_IMAGECODECS: Final = frozenset({Syntax.JPEG_BASELINE, Syntax.JPEG_LOSSLESS, Syntax.JPEG_2000})


def generate_study(spec: StudySpec, folder: Path, seed: int) -> tuple[Path, ...]:
    """Write all images of a study; the same spec and seed give the same bytes.

    Args:
        spec: What to write.
        folder: Created when missing; files are named by series and number only.
        seed: Of noise and shapes.

    Returns:
        The files, in the order a modality would send them.

    Raises:
        UsageError: ``sandbox_study_invalid``, a combination no device can send.
    """
    _check(spec)
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    paths = []
    for series in range(1, spec.series + 1):
        warp = (texture(rng, spec.rows, spec.columns), texture(rng, spec.rows, spec.columns))
        for number in range(1, spec.images + 1):
            pixels = draw(spec, series, (number - 0.5) / spec.images, warp, rng)
            ds = _header(spec, series, number)
            _attach_pixels(ds, pixels, spec)
            path = folder / f"S{series:02d}I{number:05d}.dcm"
            path.write_bytes(_encode(ds, spec))
            paths.append(path)
    return tuple(paths)


def generate_image(spec: StudySpec, series: int, number: int, seed: int) -> bytes:
    """Return one image's file by itself; the same spec, numbers and seed give the same bytes.

    Not the bytes of ``generate_study``, whose noise runs on from image to image.

    Args:
        spec: Of the study.
        series: From 1.
        number: From 1.
        seed: Of noise and shapes.

    Raises:
        UsageError: ``sandbox_study_invalid``, a combination no device can send.
    """
    _check(spec)
    outlines = np.random.default_rng([seed, series])
    warp = (
        texture(outlines, spec.rows, spec.columns),
        texture(outlines, spec.rows, spec.columns),
    )
    noise = np.random.default_rng([seed, series, number])
    pixels = draw(spec, series, (number - 0.5) / spec.images, warp, noise)
    ds = _header(spec, series, number)
    _attach_pixels(ds, pixels, spec)
    return _encode(ds, spec)


def _check(spec: StudySpec) -> None:
    is_eight_bit = spec.modality == "US"
    if spec.modality not in SOP_CLASSES:
        raise UsageError("sandbox_study_invalid", modality=spec.modality)
    if spec.transfer_syntax is Syntax.JPEG_BASELINE and not is_eight_bit:
        raise UsageError("sandbox_study_invalid", transfer_syntax=spec.transfer_syntax.value)


# -- header


def _header(spec: StudySpec, series: int, number: int) -> Dataset:
    ds = Dataset()
    if spec.charset.value:
        ds.SpecificCharacterSet = list(spec.charset.value)
    series_uid = f"{spec.study_instance_uid}.{series}"
    ds.SOPClassUID = UID(SOP_CLASSES[spec.modality])
    ds.SOPInstanceUID = UID(f"{series_uid}.{number}")
    ds.StudyInstanceUID = UID(spec.study_instance_uid)
    ds.SeriesInstanceUID = UID(series_uid)
    _set_times(ds, spec.study_datetime)
    ds.AccessionNumber = spec.accession_number
    ds.Modality = spec.modality
    ds.Manufacturer = "HBGZ SANDBOX"
    ds.InstitutionName = _as_sent(spec.institution_name, spec.charset)
    ds.ReferringPhysicianName = ""
    ds.StudyDescription = _as_sent(spec.description, spec.charset)
    ds.SeriesDescription = _series_description(spec, series)
    ds.PatientName = _as_sent(f"{spec.romanised_name}={spec.patient_name}", spec.charset)
    ds.PatientID = spec.patient_id
    ds.PatientBirthDate = f"{spec.birth_date:%Y%m%d}"
    ds.PatientSex = spec.sex
    ds.BodyPartExamined = spec.anatomy.value
    ds.StudyID = spec.accession_number[-8:]
    ds.SeriesNumber = str(series)
    ds.InstanceNumber = str(number)
    _MODULES[spec.modality](ds, spec, series, number)
    return ds


def _as_sent(text: str, charset: Charset) -> str:
    """Return text that pydicom writes as the bytes this charset needs.

    Where it would write other bytes (no escapes for ISO 2022 IR 58, none but Latin without a
    declared charset) the wanted bytes go in as Latin-1 characters, which it writes unchanged.
    """
    if charset is Charset.GBK_UNDECLARED:
        return text.encode("gbk").decode("latin-1")
    if charset is not Charset.ISO_2022_58:
        return text
    # Each component begins anew with the default repertoire (PS3.5 6.1.2.5.3).
    runs = re.split(r"([\^=])", text)
    return "".join(
        run if run.isascii() else f"\x1b$)A{run.encode('gb2312').decode('latin-1')}" for run in runs
    )


def _set_times(ds: Dataset, moment: datetime) -> None:
    local = moment.astimezone(LOCAL)
    for name in ("Study", "Series", "Acquisition", "Content"):
        setattr(ds, f"{name}Date", f"{local:%Y%m%d}")
        setattr(ds, f"{name}Time", f"{local:%H%M%S}")


def _series_description(spec: StudySpec, series: int) -> str:
    if spec.modality == "MR":
        return "T2WI TSE tra" if series % 2 == 0 else "T1WI SE tra"
    return f"{spec.anatomy.value} {spec.modality} {series}"


def _place(ds: Dataset, number: int, spacing: float, thickness: float) -> None:
    height = (number - 1) * thickness
    ds.ImagePositionPatient = ["-180", "-180", f"{height:.2f}"]
    ds.ImageOrientationPatient = ["1", "0", "0", "0", "1", "0"]
    ds.FrameOfReferenceUID = UID(f"{ds.StudyInstanceUID}.0")
    ds.PositionReferenceIndicator = ""
    ds.SliceThickness = f"{thickness:g}"
    ds.SliceLocation = f"{height:.2f}"
    ds.PixelSpacing = [f"{spacing:.5f}"] * 2


def _ct_module(ds: Dataset, spec: StudySpec, series: int, number: int) -> None:
    _place(ds, number, 360 / max(spec.rows, spec.columns), 5)
    ds.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
    ds.KVP = "120"
    ds.AcquisitionNumber = str(series)
    ds.RescaleIntercept = "-1024"
    ds.RescaleSlope = "1"
    centre, width = (35, 80) if spec.anatomy is Anatomy.HEAD else (40, 400)
    ds.WindowCenter, ds.WindowWidth = str(centre), str(width)


def _mr_module(ds: Dataset, spec: StudySpec, series: int, number: int) -> None:
    _place(ds, number, 240 / max(spec.rows, spec.columns), 6)
    is_t2 = series % 2 == 0
    ds.ImageType = ["ORIGINAL", "PRIMARY", "M", "SE"]
    ds.ScanningSequence = "SE"
    ds.SequenceVariant = "SK"
    ds.ScanOptions = ""
    ds.MRAcquisitionType = "2D"
    ds.RepetitionTime = "4000" if is_t2 else "500"
    ds.EchoTime = "100" if is_t2 else "12"
    ds.EchoTrainLength = "16" if is_t2 else "1"
    ds.MagneticFieldStrength = "1.5"
    ds.WindowCenter, ds.WindowWidth = ("850", "1700") if is_t2 else ("520", "1040")


def _dx_module(ds: Dataset, spec: StudySpec, _series: int, _number: int) -> None:
    ds.ImageType = ["ORIGINAL", "PRIMARY"]
    ds.PresentationIntentType = "FOR PRESENTATION"
    ds.ImageLaterality = "U"
    ds.ViewPosition = "PA"
    ds.PixelIntensityRelationship = "LOG"
    ds.PixelIntensityRelationshipSign = -1
    ds.RescaleIntercept, ds.RescaleSlope, ds.RescaleType = "0", "1", "US"
    ds.PresentationLUTShape = "IDENTITY"
    ds.LossyImageCompression = "00"
    ds.BurnedInAnnotation = "NO"
    ds.ImagerPixelSpacing = [f"{430 / max(spec.rows, spec.columns):.5f}"] * 2
    ds.WindowCenter, ds.WindowWidth = "1900", "3400"


def _us_module(ds: Dataset, spec: StudySpec, _series: int, _number: int) -> None:
    ds.ImageType = ["ORIGINAL", "PRIMARY", "TTE", "0011" if spec.is_colour else "0001"]
    ds.UltrasoundColorDataPresent = int(spec.is_colour)


_MODULES: Final = {"CT": _ct_module, "MR": _mr_module, "DX": _dx_module, "US": _us_module}


# -- encoding


def _attach_pixels(ds: Dataset, pixels: Pixels, spec: StudySpec) -> None:
    is_colour = pixels.ndim == 3
    bits = 8 if pixels.dtype == np.uint8 else 12
    ds.SamplesPerPixel = 3 if is_colour else 1
    ds.PhotometricInterpretation = "RGB" if is_colour else "MONOCHROME2"
    if is_colour:
        ds.PlanarConfiguration = 0
    ds.Rows, ds.Columns = pixels.shape[:2]
    ds.BitsAllocated = 8 if bits == 8 else 16
    ds.BitsStored, ds.HighBit = bits, bits - 1
    ds.PixelRepresentation = 0
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = UID(Syntax.EXPLICIT.value)
    raw = np.ascontiguousarray(pixels).astype(pixels.dtype.newbyteorder("<")).tobytes()
    ds.PixelData = raw + b"\0" * (len(raw) % 2)
    ds["PixelData"].VR = "OB" if bits == 8 else "OW"
    if spec.transfer_syntax in BY_PYDICOM:
        ds.compress(
            UID(spec.transfer_syntax.value),
            encoding_plugin=BY_PYDICOM[spec.transfer_syntax],
            generate_instance_uid=False,
        )
    elif spec.transfer_syntax in BY_IMAGECODECS:
        _compress(ds, pixels, spec.transfer_syntax)


def _compress(ds: Dataset, pixels: Pixels, syntax: Syntax) -> None:
    """Encode what pydicom cannot and encapsulate (PS3.5 A.4)."""
    bits = int(ds.BitsStored)
    if syntax is Syntax.JPEG_LOSSLESS:
        frame = imagecodecs.jpeg8_encode(pixels, lossless=True, predictor=1, bitspersample=bits)
    elif syntax is Syntax.JPEG_2000:
        frame = imagecodecs.jpeg2k_encode(
            pixels, codecformat="J2K", reversible=True, mct=False, bitspersample=bits
        )
    else:
        frame = imagecodecs.jpeg8_encode(pixels, level=90, subsampling="422")
        ds.LossyImageCompression = "01"
        ds.LossyImageCompressionMethod = "ISO_10918_1"
        ds.LossyImageCompressionRatio = f"{pixels.nbytes / len(frame):.2f}"
        if ds.SamplesPerPixel == 3:
            ds.PhotometricInterpretation = "YBR_FULL_422"
    ds.PixelData = encapsulate([bytes(frame)])
    ds["PixelData"].VR = "OB"
    ds["PixelData"].is_undefined_length = True


def _encode(ds: Dataset, spec: StudySpec) -> bytes:
    """Return the file's bytes (PS3.10 7.1)."""
    ds.file_meta = FileMetaDataset()
    ds.file_meta.MediaStorageSOPClassUID = ds.SOPClassUID
    ds.file_meta.MediaStorageSOPInstanceUID = ds.SOPInstanceUID
    ds.file_meta.TransferSyntaxUID = UID(spec.transfer_syntax.value)
    ds.file_meta.ImplementationClassUID = UID(f"{UID_ROOT}1")
    buffer = BytesIO()
    ds.save_as(buffer, enforce_file_format=True)
    return buffer.getvalue()
