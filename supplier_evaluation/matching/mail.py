# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Mail addresses and the domains that tell of a company."""

import re

_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+\.[^\s@<>,;:.\d]+")
# Whoever has an address there says nothing of the company.
_FREE_TEXT = """
    126.com 139.com 163.com 188.com 189.cn 21cn.com 263.net alice.it aliyun.com aol.com
    arcor.de bluewin.ch btinternet.com daum.net foxmail.com free.fr freenet.de gmail.com
    gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com hanmail.net hotmail.co.uk
    hotmail.com hotmail.de hotmail.es hotmail.fr hotmail.it icloud.com laposte.net
    libero.it live.cn live.co.uk live.com live.de live.fr live.it mac.com mail.com
    mail.ru me.com msn.com naver.com orange.fr outlook.com outlook.com.br outlook.de
    outlook.es outlook.fr outlook.it pm.me proton.me protonmail.com qq.com
    rediffmail.com rocketmail.com sfr.fr sina.cn sina.com sina.com.cn sohu.com
    t-online.de terra.es tom.com uol.com.br vip.126.com vip.163.com vip.qq.com
    vip.sina.com virgilio.it wanadoo.fr web.de wo.cn yahoo.ca yahoo.cn yahoo.co.in
    yahoo.co.jp yahoo.co.kr yahoo.co.uk yahoo.com yahoo.com.au yahoo.com.br yahoo.com.cn
    yahoo.com.hk yahoo.com.mx yahoo.com.tw yahoo.de yahoo.es yahoo.fr yahoo.in yahoo.it
    yandex.com yandex.ru yeah.net ymail.com zoho.com
"""
FREE_DOMAINS = frozenset(_FREE_TEXT.split())

# Nobody reads what is sent there, and machines write from there: a receipt of our mail,
# or that it could not be delivered. PostgreSQL reads it as well.
NOBODY = r"^(postmaster|mailer-daemon|(no|do[-_.]?not)[-_.]?reply([-_.+].*)?)@"


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
    return "" if domain in FREE_DOMAINS else domain


def is_nobody(text):
    """Whether a machine writes from an address, that nobody reads.

    >>> is_nobody("No Reply <no-reply@bolt.example>"), is_nobody("noel@bolt.example")
    (True, False)
    """
    return bool(re.match(NOBODY, normalise_mail(text)))
