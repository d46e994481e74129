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

_CJK_DIGITS = {digit: number for number, digit in enumerate("〇一二三四五六七八九")}
_CJK_DIGITS["零"] = 0
# As contracts write years, months and days.
_CJK_NUMERALS = re.compile(r"[〇零一二三四五六七八九十廿卅]+(?=[年月日号號])")


def day_text(cell):
    """The text of a cell without what Chinese programs write beside a day.

    >>> day_text("2026年3月1日 星期日 上午9:30"), day_text("2026/3/10 下午 02:30:00")
    ('2026年3月1日', '2026/3/10')
    >>> day_text("二〇二六年三月十日"), day_text("二零二六年十二月廿一日")
    ('2026年3月10日', '2026年12月21日')
    """
    text = _CJK_BESIDE.sub("", clean_text(cell))
    if "年" in text:
        text = _CJK_NUMERALS.sub(lambda found: _western(found[0]), text)
    return with_colons(text).strip()


def _western(numerals):
    """Digits one after the other, as of a year, or up to thirty-one.

    >>> _western("二〇二六"), _western("十"), _western("三十一")
    ('2026', '10', '31')
    """
    numerals = numerals.replace("廿", "二十").replace("卅", "三十")
    tens, has_tens, ones = numerals.partition("十")
    if not has_tens:
        return "".join(str(_CJK_DIGITS[digit]) for digit in numerals)
    if "十" in ones or len(tens) > 1 or len(ones) > 1:
        return numerals
    return str(10 * _CJK_DIGITS.get(tens, 1) + _CJK_DIGITS.get(ones, 0))


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
