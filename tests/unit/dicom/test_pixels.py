"""Thumbnails: of every encoding, like pydicom's own picture, and never more than an honest reason."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import imagecodecs
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pydicom import dcmread
from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate
from pydicom.pixels.processing import apply_color_lut, apply_modality_lut
from pydicom.pixels.utils import pixel_array

from hbgz_desktop.dicom.pixels import render_thumbnail
from hbgz_desktop.model.errors import DicomError
from tests.unit.dicom.samples import (
    BIG_ENDIAN,
    CT_SMALL,
    DEFLATED,
    EXPLICIT,
    IMPLICIT,
    LIBRARY_FILES,
    PYDICOM_FILES,
    encoded,
    image,
    library_name,
    stored,
)

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

RAMP = np.add.outer(np.arange(300), np.arange(400)).astype("<u2") * 5


def shown(picture: bytes) -> NDArray[np.float64]:
    with Image.open(BytesIO(picture)) as opened:
        return np.asarray(opened, np.float64)


def picture_of(pixels: NDArray[Any], **changes: Any) -> Dataset:
    """Return an image dataset around an array."""
    ds = image()
    ds.Rows, ds.Columns = pixels.shape[-2:] if pixels.ndim == 2 else pixels.shape[:2]
    ds.BitsAllocated = ds.BitsStored = pixels.itemsize * 8
    ds.HighBit = ds.BitsStored - 1
    ds.PixelData = pixels.tobytes() + b"\0" * (pixels.nbytes & 1)
    for keyword, value in changes.items():
        setattr(ds, keyword, value)
    return ds


def rendered(folder: Path, ds: Dataset, syntax: str = EXPLICIT) -> NDArray[np.float64]:
    return shown(render_thumbnail(stored(folder / "a.dcm", ds, syntax)))


def compressed(ds: Dataset, frame: bytes) -> Dataset:
    ds.PixelData = encapsulate([frame])
    ds["PixelData"].is_undefined_length = True
    ds["PixelData"].VR = "OB"
    return ds


def reason_of(path: Path) -> str:
    try:
        render_thumbnail(path)
    except DicomError as error:  # pytest.raises would keep it, and with it the file mapped
        return str(error.facts["reason"]) if error.code == "thumbnail_unavailable" else error.code
    raise AssertionError("it can be shown")


def outcome(path: Path, side_px: int = 256) -> str:
    """Return ``picture`` or the reason why there is none."""
    try:
        picture = render_thumbnail(path, side_px)
    except DicomError as exc:
        return f"{exc.code} {exc.facts['reason']}"
    return "picture" if max(shown(picture).shape[:2]) <= side_px else "too large a picture"


OUTCOMES = {
    "picture",
    "thumbnail_unavailable no_pixels",
    "thumbnail_unavailable broken",
    "thumbnail_unavailable too_large",
    "thumbnail_unavailable unsupported_syntax",
    "thumbnail_unavailable unsupported_pixels",
}


@pytest.mark.allow_warnings
@pytest.mark.parametrize("path", LIBRARY_FILES, ids=library_name)
def test_the_librarys_own_files_give_a_picture_or_a_reason(path: Path) -> None:
    assert outcome(path) in OUTCOMES


@pytest.mark.parametrize(
    "name",
    [
        "CT_small.dcm",
        "693_J2KI.dcm",
        "J2K_pixelrep_mismatch.dcm",
        "JPEG2000.dcm",
        "MR_small.dcm",
        "MR_small_RLE.dcm",
        "MR_small_bigendian.dcm",
        "MR_small_jp2klossless.dcm",
        "MR_small_jpeg_ls_lossless.dcm",
        "JPEGLSNearLossless_08.dcm",
        "JPEGLSNearLossless_16.dcm",
        "image_dfl.dcm",
    ],
)
def test_grey_pictures_look_like_pydicoms(name: str) -> None:
    path = PYDICOM_FILES / "test_files" / name
    ds = dcmread(path)
    values = apply_modality_lut(ds.pixel_array, ds).astype(np.float64)
    if "WindowCenter" in ds:
        centre, width = (np.ravel(ds[word].value)[0] for word in ("WindowCenter", "WindowWidth"))
        low = float(centre) - 0.5 - (float(width) - 1) / 2
        high = low + float(width) - 1
    else:
        low, high = np.percentile(values, (0.5, 99.5))
    expected = np.clip((values - low) / (high - low), 0, 1) * 255
    picture = shown(render_thumbnail(path))
    size = (picture.shape[1], picture.shape[0])
    resized = Image.fromarray(expected.astype(np.float32)).resize(size, Image.Resampling.BOX)
    assert np.abs(picture - np.asarray(resized, np.float64)).mean() < 9


@pytest.mark.parametrize(
    "name",
    [
        "ExplVR_BigEnd.dcm",
        "SC_rgb_dcmtk_+eb+cr.dcm",
        "SC_rgb_dcmtk_+eb+cy+np.dcm",
        "SC_rgb_dcmtk_+eb+cy+s4.dcm",
        "SC_rgb_gdcm_KY.dcm",
        "SC_rgb_jls_lossy_line.dcm",
        "SC_rgb_jls_lossy_sample.dcm",
        "SC_rgb_jpeg_gdcm.dcm",
        "SC_rgb_rle.dcm",
        "SC_rgb_rle_16bit.dcm",
        "SC_ybr_full_422_uncompressed.dcm",
        "examples_jpeg2k.dcm",
        "examples_palette.dcm",
        "examples_rgb_color.dcm",
    ],
)
def test_colours_are_pydicoms(name: str) -> None:
    path = PYDICOM_FILES / "test_files" / name
    ds = dcmread(path)
    plugin = {"examples_jpeg2k.dcm": "pillow"}.get(name, "")
    expected = pixel_array(path, decoding_plugin=plugin)
    expected = expected[expected.shape[0] // 2] if ds.get("NumberOfFrames", 1) > 1 else expected
    if ds.PhotometricInterpretation == "PALETTE COLOR":
        expected = apply_color_lut(expected, ds)
    if expected.dtype == np.uint16:
        expected = (expected >> 8).astype(np.uint8)
    picture = shown(render_thumbnail(path))
    resized = Image.fromarray(expected[..., :3].astype(np.uint8)).resize(
        (picture.shape[1], picture.shape[0]), Image.Resampling.BOX
    )
    assert np.abs(picture - np.asarray(resized, np.float64)).mean() < 10


@pytest.mark.parametrize("syntax", [EXPLICIT, IMPLICIT, BIG_ENDIAN])
def test_raw_pixels_are_shrunk_to_their_mean(tmp_path: Path, syntax: str) -> None:
    pixels = RAMP if syntax != BIG_ENDIAN else RAMP.astype(">u2")
    picture = rendered(tmp_path, picture_of(pixels, WindowCenter=1747, WindowWidth=3495), syntax)
    assert picture.shape == (192, 256)
    expected = np.asarray(
        Image.fromarray(RAMP.astype(np.float32)).resize((256, 192), Image.Resampling.BOX)
    )
    assert np.abs(picture - expected / 3495 * 255).mean() < 3


def test_a_deflated_picture(tmp_path: Path) -> None:
    ds = picture_of(RAMP)
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    data = packer.compress(encoded(ds)) + packer.flush()
    path = stored(tmp_path / "a.dcm", ds, DEFLATED, data)
    assert shown(render_thumbnail(path)).shape == (192, 256)


def test_monochrome1_is_inverted(tmp_path: Path) -> None:
    plain = rendered(tmp_path, picture_of(RAMP))
    inverted = rendered(tmp_path, picture_of(RAMP, PhotometricInterpretation="MONOCHROME1"))
    assert np.abs(plain + inverted - 255).mean() < 3
    again = picture_of(
        RAMP, PhotometricInterpretation="MONOCHROME1", PresentationLUTShape="INVERSE"
    )
    assert np.abs(rendered(tmp_path, again) - plain).mean() < 3


def test_signed_pixels_and_overlay_bits(tmp_path: Path) -> None:
    signed = (RAMP.astype(np.int32) - 1750).astype("<i2")
    plain = rendered(tmp_path, picture_of(RAMP))
    ds = picture_of(signed, PixelRepresentation=1)
    assert np.abs(rendered(tmp_path, ds) - plain).mean() < 3
    twelve = (RAMP & 0xFFF) | 0xF000
    ds = picture_of(twelve, BitsStored=12, HighBit=11)
    assert np.abs(rendered(tmp_path, ds) - plain).mean() < 3
    high = RAMP << 4
    ds = picture_of(high, BitsStored=12, HighBit=15)
    assert np.abs(rendered(tmp_path, ds) - plain).mean() < 3


@pytest.mark.parametrize("function", ["LINEAR", "LINEAR_EXACT", "SIGMOID"])
def test_windows(tmp_path: Path, function: str) -> None:
    ds = picture_of(
        RAMP,
        WindowCenter=[1000, 5],
        WindowWidth=[500, 5],
        VOILUTFunction=function,
        RescaleSlope=2,
        RescaleIntercept=-1000,
    )
    picture = rendered(tmp_path, ds)
    assert picture[0, 0] < 5
    assert picture[-1, -1] > 250
    middle = picture[(picture > 20) & (picture < 235)]
    assert middle.size > 100


def test_lookup_tables(tmp_path: Path) -> None:
    item = Dataset()
    item.LUTDescriptor = [4096, 0, 12]
    item["LUTDescriptor"].VR = "US"
    item.LUTData = np.arange(4095, -1, -1, dtype=np.uint16).tobytes()
    item["LUTData"].VR = "OW"
    plain = rendered(tmp_path, picture_of(RAMP, WindowCenter=2048, WindowWidth=4096))
    voi = picture_of(RAMP)
    voi.VOILUTSequence = [item]
    assert np.abs(rendered(tmp_path, voi) + plain - 255).mean() < 4
    modality = picture_of(RAMP, WindowCenter=2048, WindowWidth=4096)
    modality.ModalityLUTSequence = [item]
    assert np.abs(rendered(tmp_path, modality) + plain - 255).mean() < 4


def test_padding_does_not_spoil_the_range(tmp_path: Path) -> None:
    signed = RAMP.astype("<i2") % 1000
    signed[:100] = -32768
    ds = picture_of(signed, PixelRepresentation=1)
    ds.PixelPaddingValue = -32768
    ds["PixelPaddingValue"].VR = "SS"
    assert rendered(tmp_path, ds)[128:].std() > 40


def test_the_middle_frame_is_shown(tmp_path: Path) -> None:
    frames = np.stack([np.full((8, 8), level, "<u2") for level in (0, 100, 200)])
    ds = picture_of(frames[0], NumberOfFrames=3, WindowCenter=100, WindowWidth=200)
    ds.PixelData = frames.tobytes()
    assert abs(rendered(tmp_path, ds).mean() - 127) < 4


def test_one_bit_and_float_pixels(tmp_path: Path) -> None:
    bits = np.zeros((9, 9), np.uint8)
    bits[:, :4] = 1
    ds = picture_of(bits, BitsAllocated=1, BitsStored=1, HighBit=0)
    ds.PixelData = np.packbits(bits.ravel(), bitorder="little").tobytes() + b"\0"
    picture = rendered(tmp_path, ds)
    assert picture[:, 1].mean() > 200
    assert picture[:, 7].mean() < 50
    ds = picture_of(RAMP)
    del ds.PixelData
    ds.FloatPixelData = RAMP.astype("<f4").tobytes()
    assert rendered(tmp_path, ds).std() > 30


def test_planar_colour(tmp_path: Path) -> None:
    planes = np.zeros((3, 32, 32), np.uint8)
    planes[0] = 255
    ds = picture_of(
        np.zeros((32, 32, 3), np.uint8),
        SamplesPerPixel=3,
        PhotometricInterpretation="RGB",
        PlanarConfiguration=1,
    )
    ds.PixelData = planes.tobytes()
    ds["PixelData"].VR = "OB"
    red, green, blue = rendered(tmp_path, ds).reshape(-1, 3).mean(axis=0)
    assert red > 240
    assert max(green, blue) < 15


@pytest.mark.parametrize(
    ("syntax", "frame"),
    [
        ("1.2.840.10008.1.2.4.70", imagecodecs.jpeg8_encode(RAMP, lossless=True, bitspersample=16)),
        ("1.2.840.10008.1.2.4.80", imagecodecs.jpegls_encode(RAMP)),
        ("1.2.840.10008.1.2.4.90", imagecodecs.jpeg2k_encode(RAMP, level=0, codecformat="j2k")),
        ("1.2.840.10008.1.2.4.90", imagecodecs.jpeg2k_encode(RAMP, level=0, codecformat="jp2")),
        ("1.2.840.10008.1.2.4.201", imagecodecs.htj2k_encode(RAMP)),
        ("1.2.840.10008.1.2.4.110", imagecodecs.jpegxl_encode(RAMP, lossless=True)),
        ("1.2.840.113619.5.2", imagecodecs.jpegls_encode(RAMP)),
        ("1.2.840.10008.1.2.1.98", RAMP.tobytes()),
    ],
)
def test_compressed_grey(tmp_path: Path, syntax: str, frame: bytes) -> None:
    plain = rendered(tmp_path, picture_of(RAMP, WindowCenter=1747, WindowWidth=3495))
    ds = compressed(picture_of(RAMP, WindowCenter=1747, WindowWidth=3495), frame)
    assert np.abs(rendered(tmp_path, ds, syntax) - plain).mean() < 4


def test_deflated_frames(tmp_path: Path) -> None:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    frame = packer.compress(RAMP.tobytes()) + packer.flush()
    ds = compressed(picture_of(RAMP), frame)
    assert rendered(tmp_path, ds, "1.2.840.10008.1.2.8.1").std() > 30


def test_objects_without_pixels(tmp_path: Path) -> None:
    ds = image()
    for keyword in ("PixelData", "Rows", "Columns"):
        delattr(ds, keyword)
    assert reason_of(stored(tmp_path / "a.dcm", ds)) == "no_pixels"
    ds.EncapsulatedDocument = b"%PDF-1.4"
    assert reason_of(stored(tmp_path / "a.dcm", ds)) == "no_pixels"


def test_what_cannot_be_shown(tmp_path: Path) -> None:
    assert reason_of(tmp_path / "none") == "unreadable"
    empty = tmp_path / "empty"
    empty.touch()
    assert reason_of(empty) == "broken"
    cut = image()
    cut.Rows = 4000
    assert reason_of(stored(tmp_path / "a.dcm", cut)) == "broken"
    video = compressed(picture_of(RAMP), b"\0\0\1\xb3")
    assert reason_of(stored(tmp_path / "a.dcm", video, "1.2.840.10008.1.2.4.102")) == (
        "unsupported_syntax"
    )
    unknown = compressed(picture_of(RAMP), b"whatever")
    assert reason_of(stored(tmp_path / "a.dcm", unknown, "1.2.3.4")) == "unsupported_syntax"
    odd = picture_of(RAMP, SamplesPerPixel=2)
    assert reason_of(stored(tmp_path / "a.dcm", odd)) == "unsupported_pixels"
    packed = picture_of(RAMP, BitsAllocated=12)
    assert reason_of(stored(tmp_path / "a.dcm", packed)) == "unsupported_pixels"


def test_a_frame_that_claims_to_be_huge(tmp_path: Path) -> None:
    header = b"\xff\xd8\xff\xc3" + struct.pack(">HBHHB", 11, 16, 65535, 65535, 1) + b"\1\x11\0"
    ds = compressed(picture_of(RAMP), header)
    path = stored(tmp_path / "a.dcm", ds, "1.2.840.10008.1.2.4.70")
    assert reason_of(path) == "too_large"


@pytest.mark.allow_warnings
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.data())
def test_damaged_files_give_a_picture_or_a_reason(tmp_path: Path, data: st.DataObject) -> None:
    name = data.draw(
        st.sampled_from(
            ["CT_small.dcm", "MR_small_RLE.dcm", "JPEG2000.dcm", "SC_rgb_jpeg_gdcm.dcm"]
        )
    )
    whole = bytearray((PYDICOM_FILES / "test_files" / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(400, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / f"{uuid4()}.dcm"  # a logged error keeps the file mapped: no second writing
    path.write_bytes(whole[: data.draw(st.integers(1000, len(whole)))])
    assert outcome(path, 64) in OUTCOMES


def test_the_side_is_kept_within_reason() -> None:
    assert shown(render_thumbnail(CT_SMALL, 64)).shape == (64, 64)
    assert shown(render_thumbnail(CT_SMALL, 0)).shape == (16, 16)
    assert shown(render_thumbnail(CT_SMALL, 9999)).shape == (128, 128)
