"""What becomes of an uploaded photo."""

from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms

from kudos.lib import images
from kudos.lib.images import clean_photo

GPS = 0x8825
ORIENTATION = 0x0112


def upload(image: Image.Image, kind: str = "JPEG", **options: Any) -> SimpleUploadedFile:
    out = BytesIO()
    image.save(out, kind, **options)
    return SimpleUploadedFile("../../Holiday in Rome.jpg", out.getvalue())


def photo(width: int = 60, height: int = 40, colour: str = "red", mode: str = "RGB") -> Image.Image:
    return Image.new(mode, (width, height), colour)


def reopened(clean: SimpleUploadedFile) -> Image.Image:
    return Image.open(clean)


def refusal(file: SimpleUploadedFile) -> str:
    with pytest.raises(ValidationError) as caught:
        clean_photo(file)
    return str(caught.value.messages[0])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_each_of_the_four_formats_is_read(kind: str) -> None:
    clean = reopened(clean_photo(upload(photo(), kind)))
    assert (clean.format, clean.size) == ("WEBP", (60, 40))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_kind_of_colour_is_read(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    source = photo() if mode == "CMYK" else photo().convert("L")
    assert reopened(clean_photo(upload(source.convert(mode), kind))).size == (60, 40)


def test_exif_and_its_place_are_gone() -> None:
    exif = Image.Exif()
    exif[GPS] = {1: "N", 2: (41.0, 53.0, 0.0)}
    exif[0x010E] = "my house"
    clean = clean_photo(upload(photo(), exif=exif, comment=b"my house", xmp=b"<x>my house</x>"))
    assert (dict(reopened(clean).getexif()), b"my house" in clean.read()) == ({}, False)


def test_a_sideways_photo_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    assert reopened(clean_photo(upload(photo(60, 40), exif=exif))).size == (40, 60)


def test_a_large_photo_is_made_smaller() -> None:
    assert reopened(clean_photo(upload(photo(4000, 3000)))).size == (1600, 1200)


def test_a_face_can_be_smaller_still() -> None:
    assert reopened(clean_photo(upload(photo(900, 300)), longest=300)).size == (300, 100)


def test_a_small_photo_keeps_its_size() -> None:
    assert reopened(clean_photo(upload(photo(1, 1)))).size == (1, 1)


def test_transparency_stays() -> None:
    clean = reopened(clean_photo(upload(photo(colour="#ff000000", mode="RGBA"), "PNG")))
    assert clean.mode == "RGBA"


def test_colours_of_another_space_are_brought_over() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    clean = reopened(clean_photo(upload(photo(colour="#f00000"), "PNG", icc_profile=profile)))
    red, green, blue = clean.getpixel((5, 5))  # type: ignore[misc]
    assert (red > 225, green < 20, blue < 20) == (True, True, True)


def test_a_broken_colour_profile_does_not_cost_the_photo() -> None:
    clean = clean_photo(upload(photo(), "PNG", icc_profile=b"not a profile"))
    assert reopened(clean).size == (60, 40)


def test_the_name_is_random() -> None:
    names = {clean_photo(upload(photo())).name or "" for _ in range(2)}
    assert [name for name in names if "Rome" in name or len(name) < 14] == []
    assert len(names) == 2


def test_too_many_megapixels_are_refused_before_decoding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "draw", lambda *_: pytest.fail("decoded"))
    file = upload(photo(10_000, 5_000, 1, "1"), "PNG")  # type: ignore[arg-type]
    assert refusal(file) == "This photo has 50 megapixels; up to 40 are fine."


def test_a_decompression_bomb_is_refused() -> None:
    file = upload(photo(20_000, 20_000, 1, "1"), "PNG")  # type: ignore[arg-type]
    assert "far too many megapixels" in refusal(file)


def test_a_heavy_file_is_refused() -> None:
    file = SimpleUploadedFile("a.jpg", b"x" * 10_000_001)
    assert refusal(file) == "This photo has 11 MB; up to 10 are fine."


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"just words",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0" + b"\0" * 40,
        b"%PDF-1.4",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    ],
)
def test_what_is_not_a_photo_is_refused(content: bytes) -> None:
    assert "not a photo that we can read" in refusal(SimpleUploadedFile("a.jpg", content))


def test_a_photo_cut_short_is_refused() -> None:
    whole = upload(photo(400, 400), "PNG").read()
    assert "not a photo" in refusal(SimpleUploadedFile("a.png", whole[: len(whole) // 2]))


def test_formats_that_few_browsers_show_are_refused() -> None:
    assert "not a photo" in refusal(upload(photo(), "TIFF"))
