# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Mail addresses and the domains that tell of a company."""

import re

_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+\.[^\s@<>,;:.\d]+")
# Whoever has an address there says nothing of the company.
_FREE_TEXT = """
    126.com 139.com 163.com 188.com 189.cn 21cn.com aliyun.com aol.com bluewin.ch
    daum.net foxmail.com free.fr gmail.com gmx.at gmx.ch gmx.de gmx.net googlemail.com
    hanmail.net hotmail.co.uk hotmail.com hotmail.de hotmail.es hotmail.fr icloud.com
    laposte.net libero.it live.cn live.com mac.com mail.com mail.ru me.com msn.com
    naver.com orange.fr outlook.com outlook.de outlook.es outlook.fr pm.me
    proton.me protonmail.com qq.com rediffmail.com sina.cn sina.com sina.com.cn
    sohu.com t-online.de tom.com vip.163.com vip.qq.com vip.sina.com wanadoo.fr
    web.de yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com yahoo.de yahoo.es yahoo.fr
    yandex.com yandex.ru yeah.net zoho.com
"""
_FREE = frozenset(_FREE_TEXT.split())


def normalise_mail(text):
    """Return one mail address as it is compared, "" if it is none.

    :param str text: an address, with or without a name before it

    >>> normalise_mail("Li Na <Li.Na@Example.COM>")
    'li.na@example.com'
    >>> normalise_mail("by post")
    ''
    """
    text = (text or "").strip()
    inside = re.search(r"<([^<>]*)>", text)
    address = (inside.group(1) if inside else text).strip().lower()
    return address if _ADDRESS.fullmatch(address) else ""


def mail_domain(text):
    """Return the domain of an address that belongs to a company, else "".

    Those where everybody can have an address are not a company's own.

    >>> mail_domain("li.na@huaxiang.example.com"), mail_domain("huaxiang@qq.com")
    ('huaxiang.example.com', '')
    """
    domain = normalise_mail(text).rpartition("@")[2]
    return "" if domain in _FREE else domain
