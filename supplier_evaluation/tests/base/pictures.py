"""Pictures for the tests of files from outside."""

import io
import struct
import zlib

from PIL import Image


def scan(width=2480, height=20):
    """Return a PNG as wide as a scanned page, which Odoo would make smaller."""
    content = io.BytesIO()
    Image.new("L", (width, height), 255).save(content, "PNG")
    return content.getvalue()


def bomb(side=20_000):
    """Return a small PNG that says of itself that it has very many pixels."""

    def chunk(name, data):
        checked = name + data
        size, check = (
            struct.pack(">I", len(data)),
            struct.pack(">I", zlib.crc32(checked)),
        )
        return size + checked + check

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )
