"""Finds out how the letters of a text file are stored. Plain Python, no Odoo."""

import codecs
import re
from io import BytesIO
from itertools import islice

import chardet

_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# What the library calls them -> what we offer.
_OFFERED = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "hz-gb-2312"), "gb18030"),
    **dict.fromkeys(("big5", "big5hkscs", "cp950"), "big5"),
    **dict.fromkeys(("shift_jis", "cp932"), "shift_jis"),
    **dict.fromkeys(
        ("windows-1252", "iso-8859-1", "iso-8859-15", "iso8859-15"), "cp1252"
    ),
    **dict.fromkeys(("windows-1250", "iso-8859-2"), "cp1250"),
    "windows-1251": "cp1251",
}
# Programs that say Shift JIS or Big5 write what Windows calls so.
_CODECS = {"shift_jis": "cp932", "big5": "cp950"}
_FOREIGN = re.compile(rb"[\x80-\xff]")
_SAMPLE_BYTES = 32_768
_SAMPLE_LINES = 50
_CHUNK = 1 << 20


def codec_of(encoding):
    """The Python codec for one of the encodings that are offered."""
    return _CODECS.get(encoding, encoding)


def marked_encoding(content):
    """The encoding that the file itself declares, or None."""
    return next((_BOMS[bom] for bom in _BOMS if content.startswith(bom)), None)


def find_encoding(content, recognise):
    """The encoding of a file that does not declare it.

    :param bytes content: the file
    :param recognise: takes a text, returns how many known headers it has. Few letters
        are in a header, so that a library alone is often wrong about them.
    :return: one of the encodings that are offered, or None if nothing fits
    """
    if utf16 := _utf16(content):
        candidates = [utf16]
    elif can_decode(content, "utf-8"):
        return "utf-8"
    elif _is_broken_utf8(sample := _sample(content)):
        candidates = []
    else:
        head = b"".join(islice(BytesIO(content), _SAMPLE_LINES))
        # The sort is stable: among equals the library decides.
        candidates = sorted(
            _ranked(sample),
            key=lambda name: recognise(head.decode(codec_of(name), "replace")),
            reverse=True,
        )
    return next((name for name in candidates if can_decode(content, name)), None)


def byte_order(content, encoding):
    """The encoding with its byte order, where that decides and no mark declares it.

    :return: an encoding, or None if nothing shows the byte order
    """
    return _utf16(content) if encoding == "utf-16" else encoding


def _utf16(content):
    """UTF-16 with the byte order of the content, or None if it is not UTF-16."""
    head = content[:_SAMPLE_BYTES]
    if b"\0" not in head:
        return None
    # Latin letters, digits and line ends are one byte and a NUL.
    little = head[1::2].count(0) > head[::2].count(0)
    return "utf-16-le" if little else "utf-16-be"


def _sample(content):
    """The lines with foreign letters: the others say nothing about them."""
    lines, size = [], 0
    for line in BytesIO(content):
        if _FOREIGN.search(line):
            lines.append(line)
            size += len(line)
        if size > _SAMPLE_BYTES:
            break
    return b"".join(lines)


def _is_broken_utf8(sample):
    """Whether it is UTF-8 but for a few letters.

    Any other reading would turn all the others into signs that nobody wrote.
    """
    text = sample.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    foreign = sum(ord(char) > 127 for char in text) - broken
    return foreign > 4 * broken


def _ranked(sample):
    """The encodings that are offered, as the library ranks them."""
    found = (_OFFERED.get(name.lower()) for name in _named(sample))
    return list(dict.fromkeys([*filter(None, found), *_OFFERED.values()]))


def _named(sample):
    found = chardet.detect_all(sample)
    return [result["encoding"] or "" for result in found]


def can_decode(content, encoding):
    """Whether every byte of the content has a meaning in the encoding."""
    decoder = codecs.getincrementaldecoder(codec_of(encoding))()
    try:
        for start in range(0, len(content), _CHUNK):
            decoder.decode(content[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
