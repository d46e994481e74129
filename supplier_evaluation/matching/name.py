# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Names of companies, whatever form, width, case and punctuation they have."""

import re

from .text import fold

# Dropped without a trace, so that "G.m.b.H." and "GmbH" are one.
_INSIDE_WORDS = re.compile(r"[.'`´’‘/·]")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_CJK = r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]"
_WITHIN_CJK = re.compile(rf"(?<={_CJK}) (?={_CJK})")
_BESIDE_CJK = re.compile(rf"(?<={_CJK}) | (?={_CJK})")

# Legal forms that are words of their own, and what stands between them.
_FORMS_TEXT = """
    ab ag aps as asa bhd bv co company corp corporation doo eirl ek eurl ev gmbh inc
    incorporated kft kg kgaa kk limited llc llp lp ltd ltda lda mbh nv ohg ooo oy oyj
    pao plc pte pty pvt private rl sa sab sapi sarl sas sasu sdn se sl slu snc spa
    sp spol srl sro tbk ug zoo zrt
"""
_FORMS = frozenset(_FORMS_TEXT.split())
_JOINTS = frozenset(("and", "und", "et", "y", "e", "de", "cv", "z", "oo"))
# Written before the name.
_FORMS_BEFORE = frozenset(("pt", "ooo", "oao", "zao", "pao", "cv"))
# The longest first.
_CJK_FORMS = (
    "股份有限责任公司",
    "股份有限責任公司",
    "有限责任公司",
    "有限責任公司",
    "股份有限公司",
    "有限合伙企业",
    "普通合伙企业",
    "个人独资企业",
    "個人獨資企業",
    "個體工商戶",
    "个体工商户",
    "유한책임회사",
    "株式会社",
    "有限会社",
    "合同会社",
    "合資会社",
    "合名会社",
    "주식회사",
    "유한회사",
    "有限公司",
    "有限合伙",
    "合伙企业",
    "公司",
)
# Before the name as well as behind it.
_CJK_BEFORE = ("株式会社", "有限会社", "合同会社", "주식회사", "유한회사")
# What has a character of its own, such as ㈱.
_BRACKETED = re.compile(r"\((株|有|주|유)\)")
# A branch is another place of business, not another form.
_NOT_FORMS = ("分公司", "子公司", "总公司", "總公司")


def normalise_name(text):
    """Return the name of a company as it is compared: without its legal form.

    Full width, case, accents, punctuation, brackets and blanks beside Chinese
    characters make no difference. A name that is nothing but a form stays one.

    :param str text: a name as somebody wrote it; None or "": no name
    :return: str, "" for no name; normalising it again changes nothing

    >>> normalise_name("苏州华翔精密机械（集团）有限公司")
    '苏州华翔精密机械集团'
    >>> normalise_name("ＡＣＭＥ Parts Co., Ltd.") == normalise_name("Acme Parts GmbH")
    True
    >>> normalise_name("Limited")
    'limited'
    """
    text = _BRACKETED.sub(" ", fold(text))
    text = _BETWEEN_WORDS.sub(" ", _INSIDE_WORDS.sub("", text)).strip()
    while (shorter := _BESIDE_CJK.sub("", _without_forms(text))) != text:
        text = shorter
    return text


def _without_forms(text):
    """Return the name without any form; a Latin one is a word of its own."""
    text = fold(_WITHIN_CJK.sub("", text))
    while (shorter := _without_form(text)) != text:
        text = shorter
    return text


def _without_form(text):
    """Return the name without the outermost form, or as it is."""
    words = text.split(" ")
    if len(words) > 1:
        if words[0] in _FORMS_BEFORE:
            return " ".join(words[1:])
        rest = _without_last_form(words)
        if rest:
            return " ".join(rest)
    if text in _CJK_FORMS:
        return text
    for form in _CJK_FORMS:
        if text.endswith(form) and not text.endswith(_NOT_FORMS):
            return text.removesuffix(form).strip()
    for form in _CJK_BEFORE:
        if text.startswith(form):
            return text.removeprefix(form).strip()
    return text


def _without_last_form(words):
    """Return the words before a form at the end, with its joints; None: no form."""
    last = len(words) - 1
    while last > 0 and words[last] in _JOINTS:
        last -= 1
    if last > 0 and words[last] in _FORMS:
        return words[:last]
    return None
