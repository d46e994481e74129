# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Phone numbers, with the code of their country."""

import re

from .text import fold

_CALLING_CODES_TEXT = """
    AD376 AE971 AF93 AG1268 AI1264 AL355 AM374 AO244 AQ672 AR54 AS1684 AT43 AU61
    AW297 AX358 AZ994 BA387 BB1246 BD880 BE32 BF226 BG359 BH973 BI257 BJ229 BL590
    BM1441 BN673 BO591 BQ599 BR55 BS1242 BT975 BV55 BW267 BY375 BZ501 CA1 CC61 CD243
    CF236 CG242 CH41 CI225 CK682 CL56 CM237 CN86 CO57 CR506 CU53 CV238 CW599 CX61
    CY357 CZ420 DE49 DJ253 DK45 DM1767 DO1849 DZ213 EC593 EE372 EG20 EH212 ER291
    ES34 ET251 FI358 FJ679 FK500 FM691 FO298 FR33 GA241 GB44 GD1473 GE995 GF594 GG44
    GH233 GI350 GL299 GM220 GN224 GP590 GQ240 GR30 GS500 GT502 GU1671 GW245 GY592
    HK852 HM672 HN504 HR385 HT509 HU36 ID62 IE353 IL972 IM44 IN91 IO246 IQ964 IR98
    IS354 IT39 JE44 JM1876 JO962 JP81 KE254 KG996 KH855 KI686 KM269 KN1869 KP850
    KR82 KW965 KY1345 KZ7 LA856 LB961 LC1758 LI423 LK94 LR231 LS266 LT370 LU352
    LV371 LY218 MA212 MC377 MD373 ME382 MF590 MG261 MH692 MK389 ML223 MM95 MN976
    MO853 MP1670 MQ596 MR222 MS1664 MT356 MU230 MV960 MW265 MX52 MY60 MZ258 NA264
    NC687 NE227 NF672 NG234 NI505 NL31 NO47 NP977 NR674 NU683 NZ64 OM968 PA507 PE51
    PF689 PG675 PH63 PK92 PL48 PM508 PN64 PR1939 PS970 PT351 PW680 PY595 QA974 RE262
    RO40 RS381 RU7 RW250 SA966 SB677 SC248 SD249 SE46 SG65 SH290 SI386 SJ47 SK421
    SL232 SM378 SN221 SO252 SR597 SS211 ST239 SV503 SX1721 SY963 SZ268 TC1649 TD235
    TF262 TG228 TH66 TJ992 TK690 TL670 TM993 TN216 TO676 TR90 TT1868 TV688 TW886
    TZ255 UA380 UG256 UM699 US1 UY598 UZ998 VA379 VC1784 VE58 VG1284 VI1340 VN84
    VU678 WF681 WS685 XI44 XK383 YE967 YT262 ZA27 ZM260 ZW263
"""
_CALLING_CODES = {pair[:2]: pair[2:] for pair in _CALLING_CODES_TEXT.split()}
# The longest first: +1 684 before +1.
_KNOWN_CODES = sorted(set(_CALLING_CODES.values()), key=lambda code: (-len(code), code))
# Where the zero before a number of the country belongs to it, or another is dialled.
_KEEP_ZERO = {"39", "378", "379"}
_TRUNKS = {"7": "8", "36": "06", "52": "01", "1": "1", "370": "8"}
_ABROAD = {"US": "011", "CA": "011", "JP": "010", "AU": "0011"}
_EXTENSION = re.compile(r"(?:ext|extension|x|转|轉|分机|分機|内线|#|;|,).*", re.DOTALL)
_LEAST = 5
# So many digits with the code of the country before them are a whole number.
_WHOLE = 12


def normalise_phone(text, country=""):
    """Return a phone number as it is compared: ``+``, country code, digits.

    Blanks, brackets, hyphens, an extension and the zero that is dialled inside a
    country make no difference. Without a country, a number of the country stays as its
    digits.

    :param str text: as somebody wrote it; None or "": none
    :param str country: ISO 3166 code of the country it is dialled in, if known
    :return: str, "" for none

    >>> normalise_phone("(0512) 8888-9999 转 801", "CN")
    '+8651288889999'
    >>> normalise_phone("0086 512 88889999") == normalise_phone("+86 (0)512 8888 9999")
    True
    >>> normalise_phone("0049 89 123456", "DE"), normalise_phone("089/123456", "DE")
    ('+4989123456', '+4989123456')
    >>> normalise_phone("089 123456")
    '89123456'
    """
    country = (country or "").upper()
    text = _EXTENSION.sub("", fold(text).strip())
    digits = "".join(str(int(char)) for char in text if char.isdecimal())
    code = _CALLING_CODES.get(country, "")
    abroad = _after_abroad(text, digits, country)
    if abroad is not None:
        number = _of_world(abroad)
    elif code and _is_whole(digits, code):
        number = _of_world(digits)
    elif code:
        number = _with_code(code, _of_country(digits, code))
    else:
        number = digits.lstrip("0")
    return number if len(number) >= _LEAST else ""


def _after_abroad(text, digits, country):
    """Return the digits from the country code on, or None if they have none."""
    if text.lstrip("( ").startswith("+"):
        return digits
    for prefix in (_ABROAD.get(country), "00"):
        if prefix and digits.startswith(prefix):
            return digits.removeprefix(prefix)
    return None


def _is_whole(digits, code):
    """Whether the code of the country stands before the number, without a plus."""
    return digits.startswith(code) and len(digits) >= _WHOLE


def _of_world(digits):
    digits = digits.lstrip("0")
    for code in _KNOWN_CODES:
        if digits.startswith(code):
            rest = digits.removeprefix(code)
            return _with_code(code, _without_zeros(rest, code))
    return _with_code("", digits)


def _with_code(code, digits):
    return f"+{code}{digits}" if len(digits) >= _LEAST else ""


def _of_country(digits, code):
    trunk = _TRUNKS.get(code)
    if trunk and digits.startswith(trunk):
        digits = digits.removeprefix(trunk)
    return _without_zeros(digits, code)


def _without_zeros(digits, code):
    return digits if code in _KEEP_ZERO else digits.lstrip("0")
