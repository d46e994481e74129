"""Tells what kind of row a row is, where a column beside the table says it. No Odoo.

A list of goods movements has those that went back, too, and often with a quantity that
looks like any other.
"""

from ..cells import cell_text, word_key


def _words(text):
    return frozenset(text.split())


_MOVEMENTS = _words(
    "movementtype mvt mvttype bewegungsart bwa bwart typedemouvement tipodemovimiento "
    "移动类型"
)
_KINDS = _MOVEMENTS | _words(
    "transactiontype trxtype receipttype documenttype type typ "
    "单据类型 业务类型 类型 入库类型 红蓝字 红蓝标识"
)
_SIDES = _words(
    "debitcreditind debitcreditindicator sollhabenkennzeichen shkzg 借贷标识"
)
_DELETIONS = _words(
    "deletionindicator deletionind deleted loschkennzeichen geloscht 删除标识 删除标记"
)
# Movements of SAP that take a receipt back, or send goods back. Elsewhere such numbers
# are types of articles or documents.
_MOVED_BACK = _words("102 104 106 122 123 124 125 161 162")
# What others say.
_RETURNS = _words(
    "return returns returntovendor rtv "
    "returntosupplier purchasereturn vendorreturn reversal reversed retoure ruckgabe "
    "rucklieferung storno stornierung retour retourfournisseur devolucion 退货 "
    "采购退货 退料 采购退料 退库 红字 红字入库"
)
_CREDITS = _words("h haben c credit 贷")
_YES = _words("l x y yes true 1 ja oui si 是")


def kind_columns(header, taken):
    """The columns that may say what kind of row a row is.

    :param header: the headers of the table
    :param taken: the positions of columns that the user has given a meaning
    :return: position -> header
    """
    wanted = _KINDS | _SIDES | _DELETIONS
    return {
        position: name
        for position, name in enumerate(header)
        if position not in taken and word_key(name) in wanted
    }


def is_return(header, cell):
    """Whether a column says that goods went back, or that a receipt was taken back.

    >>> is_return("Movement Type", 122), is_return("Movement Type", "101")
    (True, False)
    >>> is_return("Type", "Return"), is_return("Type", 122)
    (True, False)
    """
    name, word = word_key(header), word_key(cell_text(cell))
    return (
        name in _KINDS
        and word in _RETURNS
        or name in _MOVEMENTS
        and word in _MOVED_BACK
        or name in _SIDES
        and word in _CREDITS
    )


def is_deleted(header, cell):
    """Whether a column says that the row was deleted.

    >>> is_deleted("Deletion Indicator", "L"), is_deleted("Deletion Indicator", "")
    (True, False)
    """
    return word_key(header) in _DELETIONS and word_key(cell_text(cell)) in _YES
