"""Photos as people upload them, made safe to keep and quick to show."""

from __future__ import annotations

import struct
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from kudos.lib.tokens import new_ref

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MOST_BYTES = 10 * 1000 * 1000
MOST_PIXELS = 40 * 1000 * 1000
QUALITY = 82
# What Pillow raises for files that are broken, cut short or made to break it.
UNREADABLE = (OSError, EOFError, SyntaxError, ValueError, TypeError, struct.error)


def clean_photo(upload: UploadedFile[bytes], *, longest: int = 1600) -> SimpleUploadedFile:
    """The photo drawn anew: upright, at most `longest` pixels a side, in sRGB, under a random name.

    Nothing of the file itself is kept, so neither is its EXIF nor anything hidden in it.
    Raises ValidationError for a file over 10 MB, over 40 megapixels (read from its header,
    before anything is decoded), or that is no JPEG, PNG, WebP or GIF.
    """
    check_weight(upload)
    try:
        with Image.open(upload, formats=FORMATS) as image:
            check_size(image)
            drawn = draw(image, longest)
            out = BytesIO()
            drawn.save(out, "WEBP", quality=QUALITY)
    except Image.DecompressionBombError as error:
        raise ValidationError(too_many_pixels(), code="too_many_pixels") from error
    except UNREADABLE as error:
        raise ValidationError(
            _("This is not a photo that we can read. JPEG, PNG, WebP and GIF are fine."),
            code="not_a_photo",
        ) from error
    return SimpleUploadedFile(f"{new_ref()}.webp", out.getvalue(), "image/webp")


def check_weight(upload: UploadedFile[bytes]) -> None:
    if (upload.size or 0) > MOST_BYTES:
        megabytes = -(-(upload.size or 0) // 1_000_000)
        raise ValidationError(
            _("This photo has %(size)s MB; up to %(most)s are fine."),
            params={"size": megabytes, "most": MOST_BYTES // 1_000_000},
            code="too_heavy",
        )


def check_size(image: Image.Image) -> None:
    pixels = image.width * image.height
    if pixels > MOST_PIXELS:
        raise ValidationError(
            _("This photo has %(size)s megapixels; up to %(most)s are fine."),
            params={"size": -(-pixels // 1_000_000), "most": MOST_PIXELS // 1_000_000},
            code="too_many_pixels",
        )


def too_many_pixels() -> str:
    return _("This photo has far too many megapixels; up to %(most)s are fine.") % {
        "most": MOST_PIXELS // 1_000_000
    }


def draw(image: Image.Image, longest: int) -> Image.Image:
    # A large JPEG is decoded at a half or a quarter of its size: less memory, the same result.
    image.draft(None, (longest, longest))
    upright = ImageOps.exif_transpose(image)
    coloured = in_srgb(upright)
    coloured.thumbnail((longest, longest))
    return coloured


def in_srgb(image: Image.Image) -> Image.Image:
    """The image in RGB or RGBA, its colours brought over from the profile that it came with."""
    mode = "RGBA" if image.has_transparency_data else "RGB"
    profile = image.info.get("icc_profile")
    if profile and image.mode in {"RGB", "CMYK"}:
        try:
            return ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            ) or image.convert(mode)
        except (ImageCms.PyCMSError, OSError):
            # A broken profile costs a shade of colour, not the photo.
            pass
    return image.convert(mode)
