"""Files in records: base64. Plain Python, no Odoo."""

import base64
import binascii
import hashlib

from .contract import FILE_SIZE
from .wrong import Wrong

_BLANKS = str.maketrans("", "", " \t\r\n")


class File(str):
    """What stands for a file, its checksum, with the file itself.

    So two of them are compared, hashed and kept like any other value, and no file is
    read to see whether it is another one.

    >>> parse_file(None, "aGk=") == checksum(b"hi")
    True
    """

    content = b""

    def __new__(cls, content):
        result = super().__new__(cls, checksum(content))
        result.content = content
        return result


def checksum(content):
    """Return what Odoo has for the content of an attachment."""
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


def parse_file(_definition, value):
    """Return the :class:`File` of a text in base64.

    :raises Wrong: it is none, or too large
    """
    if not isinstance(value, str):
        raise Wrong("not_base64")
    value = value.translate(_BLANKS)
    if len(value) > (FILE_SIZE + 2) // 3 * 4:
        raise Wrong("file_large", size=FILE_SIZE // 1024 // 1024)
    try:
        content = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Wrong("not_base64") from error
    if len(content) > FILE_SIZE:
        raise Wrong("file_large", size=FILE_SIZE // 1024 // 1024)
    return File(content)
