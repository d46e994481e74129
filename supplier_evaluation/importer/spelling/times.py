"""What stands beside a day: times and zones. Plain Python, no Odoo."""

import re

from ..cells import clean_text

# As Oracle writes a time: 02.05.33.000000 PM
_POINTED_TIME = re.compile(
    r"(?<=\s)(\d{1,2})\.(\d{2})\.(\d{2})\.\d{3,}(?=\s*[AP]M|\s|$)", re.IGNORECASE
)
# What Chinese programs write beside a day: that of the week, and a time in words.
_CJK_BESIDE = re.compile(
    r"\s*\(?(?:星期|周|週|礼拜|禮拜)[一二三四五六日天]\)?"
    r"|\s*(?:[上下中]午|凌晨|早上|晚上)\s*\d{1,2}[:时時点點].*$"
    r"|(?<=[日号號])\s*\d{1,2}[时時点點].*$"
)


def day_text(cell):
    """The text of a cell without what Chinese programs write beside a day.

    >>> day_text("2026年3月1日 星期日 上午9:30"), day_text("2026/3/10 下午 02:30:00")
    ('2026年3月1日', '2026/3/10')
    """
    return with_colons(_CJK_BESIDE.sub("", clean_text(cell))).strip()


def with_colons(text):
    """A time as most write it.

    >>> with_colons("10-MAR-26 02.05.33.000000 PM")
    '10-MAR-26 02:05:33 PM'
    """
    return _POINTED_TIME.sub(r"\1:\2:\3", text)


def offset_of(zone):
    """The offset of a zone from UTC.

    >>> offset_of("Z"), offset_of("GMT+2"), offset_of("-05:30")
    ('+0000', '+0200', '-0530')
    """
    digits = re.sub(r"[^\d+-]", "", zone) or "+0000"
    sign, digits = digits[0], digits[1:]
    return f"{sign}{digits:0>2}00" if len(digits) <= 2 else f"{sign}{digits:0>4}"
