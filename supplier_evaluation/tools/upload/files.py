"""Files from outside: few kinds, not too large, and called what they are."""

import io
import re
import unicodedata
import warnings

from PIL import Image

from odoo.tools.image import IMAGE_MAX_RESOLUTION
from odoo.tools.mimetypes import guess_mimetype

MEGABYTE = 1024 * 1024
MAX_SIZE = 10 * MEGABYTE
MAX_NAME = 100
_OFFICE = "application/vnd.openxmlformats-officedocument"
#: What is taken, and what its content has to be. Nothing that a browser would run.
TYPES = {
    "pdf": {"application/pdf"},
    "png": {"image/png"},
    "jpg": {"image/jpeg"},
    "jpeg": {"image/jpeg"},
    "webp": {"image/webp"},
    "xlsx": {f"{_OFFICE}.spreadsheetml.sheet"},
    "docx": {f"{_OFFICE}.wordprocessingml.document"},
}
# What is no part of a name anywhere.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]')


def clean_name(name):
    """Return the last part of a path, short and without what is no letter."""
    name = unicodedata.normalize("NFC", name or "")
    name = re.split(r"[/\\]", name)[-1]
    name = _UNSAFE.sub("_", name).strip(" .")
    stem, dot, extension = name.rpartition(".")
    return f"{stem[:MAX_NAME]}{dot}{extension[:10]}" or "_"


def kind_of(name):
    """Return the extension of a clean name, if such files are taken, or nothing."""
    stem, _dot, extension = name.rpartition(".")
    extension = extension.lower()
    return extension if stem and extension in TYPES else ""


def has_too_many_pixels(content):
    """Whether a file is a picture that needs more memory than it looks.

    Only its head is read. Odoo shows no larger ones either.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content)) as picture:
                width, height = picture.size
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return True
    except (OSError, ValueError, SyntaxError):
        return False  # it is no picture
    return width * height > IMAGE_MAX_RESOLUTION


def type_of(name, content):
    """Return the MIME type of a file, if it is what its name says, or nothing.

    :param str name: a clean one, of a kind that is taken
    :param bytes content: of which only the first letters are looked at
    """
    found = guess_mimetype(content)
    return found if found in TYPES[kind_of(name)] else ""
