"""Frames for the viewer: values as pydicom has them, windows as the standard writes them, reasons for the rest."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

import imagecodecs
import numpy as np
import pytest
from pydicom import dcmread
from pydicom.dataset import Dataset
from pydicom.pixels.processing import apply_color_lut, apply_modality_lut
from pydicom.pixels.utils import pixel_array

from hbgz_desktop.dicom.view_frames import MAX_FRAME_BYTES, FrameReader
from hbgz_desktop.dicom.view_wire import encoded_failure, encoded_frame, read_answer
from hbgz_desktop.model.errors import DicomError
from hbgz_desktop.model.view_frame import ViewFrame, VoiWindow
from tests.unit.dicom.samples import (
    DEFLATED,
    EXPLICIT,
    LIBRARY_FILES,
    PYDICOM_FILES,
    encoded,
    library_name,
    stored,
)
from tests.unit.dicom.test_pixels import RAMP, compressed, picture_of

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

FILES = PYDICOM_FILES / "test_files"


def read(path: Path, index: int = 0, side_px: int = 0) -> ViewFrame:
    return FrameReader().read(path, index, side_px)


def made(folder: Path, ds: Dataset, syntax: str = EXPLICIT, index: int = 0) -> ViewFrame:
    return read(stored(folder / "a.dcm", ds, syntax), index)


def indexes(frame: ViewFrame) -> NDArray[np.uint16]:
    assert not frame.is_colour
    return np.frombuffer(frame.pixels, "<u2").reshape(frame.height, frame.width)


def values(frame: ViewFrame) -> NDArray[np.float64]:
    return np.asarray(indexes(frame) * frame.slope + frame.intercept, np.float64)


def colours(frame: ViewFrame) -> NDArray[np.uint8]:
    assert frame.is_colour
    return np.frombuffer(frame.pixels, np.uint8).reshape(frame.height, frame.width, 3)


def reason_of(path: Path, index: int = 0) -> str:
    try:
        read(path, index)
    except DicomError as error:  # pytest.raises would keep it, and with it the file mapped
        return str(error.facts["reason"]) if error.code == "thumbnail_unavailable" else error.code
    raise AssertionError("it can be shown")


@pytest.mark.parametrize(
    "name",
    [
        "693_J2KI.dcm",
        "CT_small.dcm",
        "J2K_pixelrep_mismatch.dcm",
        "JPEG2000.dcm",
        "JPEGLSNearLossless_08.dcm",
        "JPEGLSNearLossless_16.dcm",
        "MR_small.dcm",
        "MR_small_RLE.dcm",
        "MR_small_bigendian.dcm",
        "MR_small_expb.dcm",
        "MR_small_implicit.dcm",
        "MR_small_jp2klossless.dcm",
        "MR_small_jpeg_ls_lossless.dcm",
        "examples_overlay.dcm",
        "image_dfl.dcm",
        "liver_1frame.dcm",
        "liver_expb_1frame.dcm",
        "rtdose.dcm",
        "rtdose_1frame.dcm",
        "rtdose_expb.dcm",
        "rtdose_rle.dcm",
    ],
)
def test_grey_values_are_pydicoms(name: str) -> None:
    """Every pixel of every frame, after the modality LUT; overlay bits are not pixels."""
    path = FILES / name
    ds = dcmread(path)
    frames = int(ds.get("NumberOfFrames", 1) or 1)
    stack = ds.pixel_array if frames > 1 else ds.pixel_array[None]
    reader = FrameReader()
    for index in {0, frames // 2, frames - 1}:
        frame = reader.read(path, index, 0)
        expected = np.asarray(apply_modality_lut(stack[index], ds), np.float64)
        if ds.BitsAllocated == 1:
            expected = expected * 255
        assert frame.frames == frames
        assert (frame.full_height, frame.full_width) == expected.shape
        spread = float(np.ptp(expected)) or 1.0
        exact = ds.BitsAllocated <= 16 and "JPEG-LL" not in name
        limit = 0 if exact else spread / 60_000
        assert np.abs(values(frame) - expected).max() <= limit


@pytest.mark.parametrize(
    "name",
    [
        "ExplVR_BigEnd.dcm",
        "SC_rgb_dcmtk_+eb+cr.dcm",
        "SC_rgb_dcmtk_+eb+cy+np.dcm",
        "SC_rgb_gdcm_KY.dcm",
        "SC_rgb_jls_lossy_line.dcm",
        "SC_rgb_jls_lossy_sample.dcm",
        "SC_rgb_jpeg_gdcm.dcm",
        "SC_rgb_rle.dcm",
        "SC_rgb_rle_16bit.dcm",
        "SC_rgb_rle_2frame.dcm",
        "SC_ybr_full_422_uncompressed.dcm",
        "examples_jpeg2k.dcm",
        "examples_palette.dcm",
        "examples_rgb_color.dcm",
        "examples_ybr_color.dcm",
    ],
)
def test_colours_are_pydicoms(name: str) -> None:
    path = FILES / name
    ds = dcmread(path)
    plugin = {"examples_jpeg2k.dcm": "pillow"}.get(name, "")
    expected = pixel_array(path, decoding_plugin=plugin, index=0)
    if ds.PhotometricInterpretation == "PALETTE COLOR":
        expected = apply_color_lut(expected, ds)
    if expected.dtype == np.uint16:
        expected = expected >> 8
    frame = read(path)
    difference = np.abs(colours(frame).astype(int) - expected[..., :3].astype(int))
    assert difference.mean() < 1.5
    assert frame.frames == int(ds.get("NumberOfFrames", 1) or 1)


@pytest.mark.allow_warnings
@pytest.mark.parametrize("path", LIBRARY_FILES, ids=library_name)
def test_the_librarys_own_files_give_a_frame_or_a_reason(path: Path) -> None:
    """Whatever it is; a frame passes the pipe unchanged."""
    import io

    try:
        frame = read(path, 0, 200)
    except DicomError as error:
        reason = str(error.facts["reason"])
        answer = read_answer(io.BytesIO(b"".join(encoded_failure(7, reason))))
        assert answer is not None
        assert (answer.id, answer.reason) == (7, reason)
        return
    answer = read_answer(io.BytesIO(b"".join(encoded_frame(7, frame))))
    assert answer is not None
    assert answer.frame == frame


def test_monochrome1_is_told_not_computed(tmp_path: Path) -> None:
    """The values stay what they are; the window comes before the inversion."""
    ds = picture_of(RAMP, PhotometricInterpretation="MONOCHROME1")
    frame = made(tmp_path, ds)
    assert frame.is_inverted
    assert np.array_equal(indexes(frame), RAMP)
    ds.PresentationLUTShape = "INVERSE"
    assert not made(tmp_path, ds).is_inverted


def test_signed_pixels_rescale_and_padding(tmp_path: Path) -> None:
    signed = (RAMP.astype(np.int32) - 1750).astype("<i2")
    signed[:5] = -2000
    ds = picture_of(signed, PixelRepresentation=1, RescaleSlope=2, RescaleIntercept=-100)
    ds.Modality = "CT"
    ds.add_new(0x00280120, "SS", -2000)
    frame = made(tmp_path, ds)
    assert np.array_equal(values(frame), signed.astype(float) * 2 - 100)
    assert frame.is_hounsfield
    assert frame.padding is not None
    low, high = frame.padding
    padded = (indexes(frame) >= low) & (indexes(frame) <= high)
    assert np.array_equal(padded, signed == -2000)
    seen = signed[5:].astype(float) * 2 - 100
    low_value, high_value = np.percentile(seen, (0.5, 99.5))
    assert frame.auto.centre == pytest.approx((low_value + high_value) / 2, abs=25)
    assert frame.auto.width == pytest.approx(high_value - low_value, abs=50)
    ds.add_new(0x00280120, "US", 63536)  # the same, by a device that knows no sign
    assert made(tmp_path, ds).padding == frame.padding
    ds.add_new(0x00280121, "SS", -1990)
    limit = made(tmp_path, ds).padding
    assert limit == (low, low + 10)


def test_windows_of_the_file(tmp_path: Path) -> None:
    ds = picture_of(
        RAMP,
        WindowCenter=[1000, 5, 7],
        WindowWidth=[500, 0, 9],
        WindowCenterWidthExplanation=["骨", "none", "soft"],
        VOILUTFunction="SIGMOID",
    )
    assert made(tmp_path, ds).windows == (
        VoiWindow(1000, 500, "SIGMOID", "骨"),
        VoiWindow(7, 9, "SIGMOID", "soft"),
    )


def lut(entries: NDArray[np.uint16], first: int, bits: int) -> Dataset:
    item = Dataset()
    item.add_new(0x00283002, "US", [entries.size, first, bits])
    item.add_new(0x00283006, "OW", entries.astype("<u2").tobytes())
    return item


def test_lookup_tables_of_the_file(tmp_path: Path) -> None:
    """Modality LUT before VOI LUT; below and above the table its first and last entry."""
    entries = (np.sqrt(np.arange(2000)) * 91).astype(np.uint16)
    ds = picture_of(RAMP, RescaleSlope=2, RescaleIntercept=-500)
    ds.VOILUTSequence = [lut(entries, 100, 12)]
    frame = made(tmp_path, ds)
    (table,) = frame.tables
    shown = np.frombuffer(table, np.uint8)[indexes(frame)]
    place = np.clip(RAMP.astype(int) * 2 - 500 - 100, 0, entries.size - 1)
    expected = np.clip(entries[place] / 4095, 0, 1) * 255 + 0.5
    assert np.array_equal(shown, expected.astype(np.uint8))
    plain = picture_of(RAMP)
    plain.ModalityLUTSequence = [lut(entries, 100, 12)]
    place = np.clip(RAMP.astype(int) - 100, 0, entries.size - 1)
    assert np.array_equal(values(made(tmp_path, plain)), entries[place])


def test_frames_have_windows_and_rescale_of_their_own(tmp_path: Path) -> None:
    """Functional groups of the frame before the shared ones (PS3.3 C.7.6.16)."""

    def group(keyword: str, **elements: Any) -> Dataset:
        inner, outer = Dataset(), Dataset()
        for name, value in elements.items():
            setattr(inner, name, value)
        setattr(outer, keyword, [inner])
        return outer

    frames = np.stack([np.full((4, 4), level, "<u2") for level in (10, 20)])
    ds = picture_of(frames[0], NumberOfFrames=2)
    ds.PixelData = frames.tobytes()
    shared = group("PixelValueTransformationSequence", RescaleSlope=3, RescaleIntercept=1)
    spacing = group("PixelMeasuresSequence", PixelSpacing=[2, 1])
    shared.PixelMeasuresSequence = spacing.PixelMeasuresSequence
    ds.SharedFunctionalGroupsSequence = [shared]
    ds.PerFrameFunctionalGroupsSequence = [
        group("FrameVOILUTSequence", WindowCenter=5, WindowWidth=6),
        group("PixelValueTransformationSequence", RescaleSlope=7, RescaleIntercept=0),
    ]
    path = stored(tmp_path / "a.dcm", ds)
    first, second = read(path, 0), read(path, 1)
    assert set(values(first).ravel()) == {31.0}
    assert set(values(second).ravel()) == {140.0}
    assert first.windows == (VoiWindow(5, 6),)
    assert second.windows == ()
    assert (first.stretch, first.frames) == (2.0, 2)
    assert reason_of(path, 2) == "broken"


@pytest.mark.parametrize(
    ("keyword", "value", "stretch"),
    [
        ("PixelSpacing", [0.5, 0.25], 2.0),
        ("ImagerPixelSpacing", [1, 4], 0.25),
        ("PixelAspectRatio", [3, 2], 1.5),
        ("PixelAspectRatio", [1, 0], 1.0),
        ("PixelSpacing", [1, 1000], 1.0),
    ],
)
def test_pixels_need_not_be_square(
    tmp_path: Path, keyword: str, value: list[float], stretch: float
) -> None:
    assert made(tmp_path, picture_of(RAMP, **{keyword: value})).stretch == stretch


def test_wide_and_float_pixels_keep_their_values(tmp_path: Path) -> None:
    wide = RAMP.astype("<u4") + 100_000
    frame = made(tmp_path, picture_of(wide))
    assert np.array_equal(values(frame), wide)
    huge = RAMP.astype("<u4") * 1_000
    frame = made(tmp_path, picture_of(huge))
    assert np.abs(values(frame) - huge).max() <= huge.max() / 65_000
    ds = picture_of(RAMP)
    del ds.PixelData
    ds.FloatPixelData = (RAMP.astype("<f4") / 7).tobytes()
    frame = made(tmp_path, ds)
    assert np.abs(values(frame) - RAMP / 7).max() <= RAMP.max() / 7 / 65_000


def test_a_large_image_is_shrunk_to_what_is_asked(tmp_path: Path) -> None:
    """Never below it; palette indexes are chosen, not averaged."""
    large = np.add.outer(np.arange(1500), np.arange(1200)).astype("<u2")
    path = stored(tmp_path / "a.dcm", picture_of(large))
    frame = read(path, 0, 400)
    assert (frame.height, frame.width) == (500, 400)
    assert (frame.full_height, frame.full_width) == (1500, 1200)
    assert not frame.is_full
    assert frame.serves(500)
    assert not frame.serves(501)
    mean = large.reshape(500, 3, 400, 3).mean(axis=(1, 3))
    assert np.abs(values(frame) - mean).max() <= 1.5
    assert read(path, 0, 0).is_full


def test_more_than_the_console_may_hold_is_shrunk(tmp_path: Path) -> None:
    side = 9000
    ds = picture_of(np.zeros((2, 2), "<u2"))
    ds.Rows = ds.Columns = side
    path = stored(tmp_path / "a.dcm", ds)
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size + side * side * 2)
    frame = read(path)
    assert len(frame.pixels) <= MAX_FRAME_BYTES
    assert not frame.is_full


@pytest.mark.parametrize(
    ("syntax", "frame"),
    [
        ("1.2.840.10008.1.2.4.70", imagecodecs.jpeg8_encode(RAMP, lossless=True, bitspersample=16)),
        ("1.2.840.10008.1.2.4.57", imagecodecs.jpeg8_encode(RAMP, lossless=True, bitspersample=16)),
        ("1.2.840.10008.1.2.4.80", imagecodecs.jpegls_encode(RAMP)),
        ("1.2.840.10008.1.2.4.90", imagecodecs.jpeg2k_encode(RAMP, level=0, codecformat="j2k")),
        ("1.2.840.10008.1.2.4.90", imagecodecs.jpeg2k_encode(RAMP, level=0, codecformat="jp2")),
        ("1.2.840.10008.1.2.4.201", imagecodecs.htj2k_encode(RAMP)),
        ("1.2.840.10008.1.2.4.110", imagecodecs.jpegxl_encode(RAMP, lossless=True)),
        ("1.2.840.10008.1.2.1.98", RAMP.tobytes()),
    ],
)
def test_lossless_compressions_are_exact(tmp_path: Path, syntax: str, frame: bytes) -> None:
    ds = compressed(picture_of(RAMP), frame)
    assert np.array_equal(values(made(tmp_path, ds, syntax)), RAMP)


def test_deflated_files_and_frames(tmp_path: Path) -> None:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    frame = packer.compress(RAMP.tobytes()) + packer.flush()
    ds = compressed(picture_of(RAMP), frame)
    assert np.array_equal(values(made(tmp_path, ds, "1.2.840.10008.1.2.8.1")), RAMP)
    plain = picture_of(RAMP)
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    data = packer.compress(encoded(plain)) + packer.flush()
    assert np.array_equal(values(read(stored(tmp_path / "b.dcm", plain, DEFLATED, data))), RAMP)


def test_reasons(tmp_path: Path) -> None:
    assert reason_of(tmp_path / "none.dcm") == "gone"
    empty = tmp_path / "empty.dcm"
    empty.touch()
    assert reason_of(empty) == "broken"
    cut = picture_of(RAMP)
    cut.PixelData = cut.PixelData[:1000]
    assert reason_of(stored(tmp_path / "a.dcm", cut)) == "broken"
    bomb = picture_of(RAMP, BitsAllocated=32, Rows=65535, Columns=65535)
    assert reason_of(stored(tmp_path / "a.dcm", compressed(bomb, b"\0" * 64))) == "too_large"
    lying = picture_of(RAMP, NumberOfFrames=9)
    assert reason_of(stored(tmp_path / "a.dcm", lying), 5) == "broken"
    wrong = picture_of(RAMP, BitsStored=40, HighBit=60_000)
    assert made(tmp_path, wrong).frames == 1 or reason_of(tmp_path / "a.dcm") == "broken"
    assert reason_of(FILES / "test-SR.dcm") == "no_pixels"


def test_nonsense_on_the_pipe_is_noticed() -> None:
    import io

    frame = read(FILES / "CT_small.dcm")
    whole = b"".join(encoded_frame(3, frame))
    assert read_answer(io.BytesIO(b"")) is None
    for bad in (whole[:-10], b"nonsense\n", b'{"id":1,"ok":true,"sizes":[-1],"facts":{}}\n'):
        with pytest.raises((ValueError, LookupError, TypeError)):
            read_answer(io.BytesIO(bad))
    head, _, rest = whole.partition(b"\n")
    wider = head.replace(b'"width": 128', b'"width": 129')
    assert wider != head
    with pytest.raises(ValueError, match="pixels"):
        read_answer(io.BytesIO(wider + b"\n" + rest))
