"""Tells which cells say nothing, or only that something is wrong. No Odoo."""

from datetime import date, time

from ..cells import NO_RESULT, CellProblem, cell_text, is_cut


def _words(text):
    return frozenset(text.split())


# What a spreadsheet program shows where a formula went wrong: in English, German,
# French, Spanish, Italian and Dutch.
_ERRORS = _words(
    "#N/A #REF! #VALUE! #DIV/0! #NAME? #NULL! #NUM! #SPILL! #CALC! #FIELD! #BLOCKED! "
    "#NV #BEZUG! #WERT! #ZAHL! #ÜBERLAUF! #KALK! #N/V #VALEUR! #NOM? #NOMBRE! #NUL! "
    "#N/D #¡REF! #¡VALOR! #¿NOMBRE? #¡NUM! #¡NULO! #¡DIV/0! #RIF! #VALORE! #NOME? "
    "#N/B #VERW! #WAARDE! #NAAM? #GETAL! #LEEG! #DEEL/0!"
)
# What databases and programs write where there is nothing, as they spell it.
_NOTHING = _words(
    r"NULL null (null) (NULL) NaN nan NaT None <NA> NA \N (blank) (Leer) (leer) "
    "(empty) (vide) (vuoto) (vacío) (空白) (空)"
)
_DASHES = frozenset("-–—−_")
# That it is the same as in the cell above.
_DITTO = _words("\" '' ″ 〃 同上 ditto dito idem")


# What people write where there is no name.
_NAMELESS = _words("n/a n.a. n.a n/d n/v") | _DITTO
# Whoever draws a line draws no longer one.
_LONGEST = 40


def is_nothing(cell, is_name=False, is_never_zero=False):
    """Whether a cell is filled and says nothing.

    :param bool is_name: whether it is to have a name or a number of something: signs
        alone are none
    :param bool is_never_zero: whether a zero is none: a formula that looks an empty
        cell up finds one

    >>> is_nothing("NULL"), is_nothing(" - "), is_nothing("Null"), is_nothing("-5")
    (True, True, False, False)
    >>> is_nothing("n/a", True), is_nothing("/", True), is_nothing("3M", True)
    (True, True, False)
    >>> is_nothing("#N/A", True), is_nothing("同上", True)
    (False, True)
    >>> is_nothing("0", True, True), is_nothing(0, True, True), is_nothing("0", True)
    (True, True, False)
    """
    if not isinstance(cell, str):
        return is_never_zero and cell == 0
    text = cell.strip()
    if not text:
        return False
    # Every cell is asked: most are numbers, dates and names of some length.
    if text[0].isdigit() or len(text) > _LONGEST:
        return is_never_zero and not text.strip("0.")
    if text in _NOTHING or _DASHES.issuperset(text):
        return True
    is_sign = text[0] != "#" and not any(map(str.isalnum, text))
    return is_name and (is_sign or text.casefold() in _NAMELESS)


def is_ditto(cell):
    """Whether a cell is empty, or has a sign for what stands above it.

    >>> is_ditto(None), is_ditto('"'), is_ditto("-")
    (True, True, False)
    """
    text = cell_text(cell).casefold()
    return not text or text in _DITTO


def is_error(text):
    """Whether a text is an error of a formula, or what shows for want of width.

    >>> is_error("#NV"), is_error("######"), is_error("#12")
    (True, True, False)
    """
    return text[:1] == "#" and (
        text in _ERRORS or len(text) > 1 and not text.strip("#")
    )


def check_text(cell, text, is_code=False):
    """Refuse a text that a spreadsheet program has spoilt.

    :param bool is_code: whether it is the number of something
    :raise CellProblem: with what happened to it
    """
    if cell is NO_RESULT:
        raise CellProblem("formula_without_result")
    if is_error(text):
        raise CellProblem("cell_error", value=text)
    if is_code and isinstance(cell, (date, time)):
        raise CellProblem("code_date", value=text)
    if is_code and is_cut(cell):
        raise CellProblem("code_cut", value=text)
