"""Tells what kind of row a row is, where a column beside the table says it. No Odoo.

A list of goods movements has those that went back, too, and often with a quantity that
looks like any other.
"""

import re

from ..cells import cell_text, word_key
from ..row import is_no_date
from .words import is_cancelled


def _words(text):
    return frozenset(text.split())


_MOVEMENTS = _words(
    "movementtype mvt mvttype bewegungsart bwa bwart typedemouvement tipodemovimiento "
    "移动类型"
)
# What SAP writes beside it.
_MOVEMENT_TEXTS = _words(
    "movementtypetext movementtypename movementtypedescription movementtext "
    "mvttypetext bewegungsartentext bewegungsarttext bewegungstext "
    "移动类型文本 移动类型描述 移动类型名称"
)
# Oracle tells every step of a receipt in a row of its own.
_STEPS = _words("transactiontype trxtype rcvtransactiontype transactiontypename")
_KINDS = (
    _MOVEMENTS
    | _STEPS
    | _words(
        "receipttype documenttype type typ "
        "单据类型 业务类型 类型 入库类型 入库类别 收发类别 出入库类型 出入库类别 "
        "事务类型 红蓝字 红蓝标识"
    )
)
# SAP's history of an order has the invoices beside the receipts.
_HISTORIES = _words(
    "pohistorycategory purchaseorderhistorycategory historycategory bewtp vgabe "
    "transactioneventtype transeventtype trevtype eventtype bestellentwicklungstyp "
    "bestellentwicklung vorgangsart 采购订单历史类别 采购历史类别"
)
_SIDES = _words(
    "debitcreditind debitcreditindicator sollhabenkennzeichen shkzg 借贷标识"
)
_REVERSALS = _words(
    "reversed isreversed reversal reversalflag reversalindicator storno stornokz "
    "stornokennzeichen 冲销 是否冲销 冲销标识 红冲 是否红冲"
)
_DELETIONS = _REVERSALS | _words(
    "deletionindicator deletionind deleted loschkennzeichen geloscht loekz "
    "cancelled canceled cancel cancelflag cancelledflag canceledflag iscancelled "
    "iscanceled cancelind cancelindicator linecancelled linecanceled void voided "
    "isvoid storniert annule annulee cancelado cancelada anulado anulada "
    "删除 是否删除 已删除 删除标识 删除标记 取消 已取消 是否取消 取消标志 取消标识 "
    "作废 已作废 是否作废 作废标志 作废标识 业务终止 是否终止"
)
# The "cancel date" of a retailer is none: the day after which it takes no goods.
_DELETED_ON = _words(
    "cancelleddate canceleddate cancelledon canceledon voiddate deletedon "
    "stornodatum storniertam dateannulation fechadecancelacion "
    "取消日期 作废日期 终止日期"
)
_CANCELLED_QUANTITIES = _words(
    "quantitycancelled quantitycanceled cancelledquantity canceledquantity "
    "cancelledqty canceledqty qtycancelled qtycanceled stornomenge stornierte menge "
    "取消数量 作废数量 关闭数量"
)
# A unit of its own, beside that of the order.
_RECEIPT_UNITS = _words(
    "receiptunit receivedunit receiptuom receiveduom uomreceived unitreceived "
    "wemengeneinheit 入库单位 收货单位 实收单位"
)
_DIRECTIONS = _words("direction inout inorout 方向 收发标志 收发方向 出入库 进出")
_OUT = _words("out outbound outgoing issue ausgang sortie salida 出 出库 发 发出")
# What kind of transfer Odoo made of a move.
_OPERATIONS = _words(
    "operationtype pickingtype transfertype vorgangstyp typedoperation "
    "tipodeoperacion 作业类型"
)
_DELIVERIES = _words(
    "deliveryorders deliveryorder deliveries delivery lieferauftrage lieferungen "
    "bonsdelivraison ordenesdeentrega 交货单 发货单 出库单"
)
# Where the moves of Odoo end.
_DESTINATIONS = _words(
    "to destinationlocation destination nach zielort vers emplacementdedestination "
    "hasta ubicaciondedestino 至 目的位置 目标位置"
)
_VENDORS = _words("vendors lieferanten fournisseurs proveedores 供应商")
# Movements of SAP that take a receipt back, or send goods back. Elsewhere such numbers
# are types of articles or documents.
_MOVED_BACK = _words("102 104 106 108 110 122 123 124 125 161 162")
# What came with 103 or 107 is set free, or moved on; and parts that we gave away.
_MOVED_ON = _words("105 109 321 322 323 343 344 349 350 541 542 543 544")
# What others say.
_RETURNS = _words(
    "return returns returntovendor rtv "
    "returntosupplier purchasereturn vendorreturn reversal reversed retoure ruckgabe "
    "rucklieferung storno stornierung retour retourfournisseur devolucion 退货 "
    "returnshipment purchasereturnshipment returnorder purchasereturnorder "
    "采购退货 退料 采购退料 退库 红字 红字入库 采购退货入库 采购退库 退货出库"
)
_BACK_IN_WORDS = re.compile(
    r"\b(?:returns?|rtn|reversals?|reversed|storno|r(?:ü|ue?)cklieferung|retouren?"
    r"|r(?:ü|ue?)ckgabe|annulation|retour|devoluci[oó]n|anulaci[oó]n)\b"
    r"|退货|退料|退库|冲销|红字",
    re.IGNORECASE,
)
# The same as a part of the name of a document. A non-return valve is no return.
_RETURN_PAPERS = re.compile(
    r"(?<![可不非无無未])(?:退货|退貨|退料|退库|退庫|红字|紅字|冲销|沖銷)"
    r"|\b(?:purchase|vendor|supplier|goods)\b.*\b(?<!non-)returns?\b"
    r"|\b(?<!non-)returns?\b.*\b(?:order|delivery|receipt|note|shipment|vendor"
    r"|supplier)\b|(?:lieferanten|bestell)retoure|r(?:ü|ue?)cksendung",
    re.IGNORECASE,
)
_INVOICE_PAPERS = re.compile(r"发票|發票")
_INVOICES = _words(
    "invoice purchaseinvoice vendorinvoice supplierinvoice apinvoice invoicereceipt "
    "bill vendorbill creditmemo purchasecreditmemo creditnote rechnung "
    "eingangsrechnung rechnungseingang gutschrift facture avoir factura "
    "notadecredito 发票 采购发票 应付单"
)
_INVOICED = _INVOICES | _words("q n p 2 3 ir irl rel re subsequentdebit 发票校验")
_NEXT_STEPS = _words("deliver accept reject transfer returntoreceiving correct")
_CREDITS = _words("h haben c credit 贷")
_YES = _words("l x y yes true 1 ja oui si 是 已终止 终止")
_TICKS = "√✓✔☑"
# What went back, and what is no receipt, by the header and what stands below it.
_WENT_BACK = ((_KINDS, _RETURNS), (_SIDES, _CREDITS), (_DIRECTIONS, _OUT))
_NEVER_CAME = ((_KINDS, _INVOICES), (_HISTORIES, _INVOICED), (_STEPS, _NEXT_STEPS))
NO_YEARS = ("0001", "1753", "1899", "1900", "9999")


class KindColumns:
    """The columns that may say what kind of row a row is.

    :param header: the headers of the table
    :param taken: the positions of columns that the user has given a meaning
    """

    def __init__(self, header, taken):
        wanted = _KINDS | _MOVEMENT_TEXTS | _HISTORIES | _SIDES | _DESTINATIONS
        wanted |= _DELETIONS | _DELETED_ON | _CANCELLED_QUANTITIES
        wanted |= _DIRECTIONS | _OPERATIONS | _RECEIPT_UNITS
        self._names = {
            position: name
            for position, name in enumerate(header)
            if position not in taken and word_key(name) in wanted
        }

    def _cells(self, cells):
        """What the cells of a row say in these columns, as pairs with their headers."""
        for position, name in self._names.items():
            if position < len(cells):
                yield name, cells[position]

    def say_deleted(self, cells, ordered=None):
        """Whether a row is of an order that was deleted, or cancelled.

        :param int ordered: the position of the ordered quantity: all of it may be
        """
        known = ordered is not None and ordered < len(cells)
        quantity = cell_text(cells[ordered]) if known else ""
        return any(
            is_deleted(name, cell)
            or word_key(name) in _CANCELLED_QUANTITIES
            and quantity == cell_text(cell) != ""
            for name, cell in self._cells(cells)
        )

    def receipt_unit(self, cells):
        """The unit that a row says that was received in, or an empty text."""
        for name, cell in self._cells(cells):
            if word_key(name) in _RECEIPT_UNITS:
                return cell_text(cell)
        return ""

    def problems(self, cells):
        """Yield why a row is no receipt: the code of the problem, and its params."""
        for name, cell in self._cells(cells):
            params = {"header": name, "value": cell_text(cell)}
            if is_return(name, cell):
                yield "row_is_return", params
            elif is_no_receipt(name, cell):
                yield "row_no_receipt", params


def is_return(header, cell):
    """Whether a column says that goods went back, or that a receipt was taken back.

    >>> is_return("Movement Type", "122 GR return"), is_return("Movement Type", "101")
    (True, False)
    >>> is_return("Type", "Return"), is_return("Type", 122)
    (True, False)
    >>> is_return("To", "Partners/Vendors"), is_return("Reversed", "No")
    (True, False)
    >>> is_return("单据类型", "采购退货单"), is_return("业务类型", "红字采购入库单")
    (True, True)
    >>> is_return("Type", "Non-return valve"), is_return("类型", "可退货")
    (False, False)
    """
    name, text = word_key(header), cell_text(cell)
    return (
        _says(_WENT_BACK, name, text)
        or (name in _KINDS and bool(_RETURN_PAPERS.search(text)))
        or (name in _MOVEMENTS and _movement(text) in _MOVED_BACK)
        or (name in _MOVEMENT_TEXTS and bool(_BACK_IN_WORDS.search(text)))
        or (name in _DESTINATIONS and word_key(text.rpartition("/")[2]) in _VENDORS)
        or (name in _OPERATIONS and word_key(text.rpartition(":")[2]) in _DELIVERIES)
        or (name in _REVERSALS and _is_yes(text))
    )


def is_no_receipt(header, cell):
    """Whether a column says that nothing came, but an invoice, or an inner step.

    >>> is_no_receipt("PO History Category", "Q"), is_no_receipt("Type", "Q")
    (True, False)
    >>> is_no_receipt("Movement Type", 105), is_no_receipt("Movement Type", 103)
    (True, False)
    >>> is_no_receipt("TRANSACTION_TYPE", "DELIVER"), is_no_receipt("Type", "Invoice")
    (True, True)
    """
    name, text = word_key(header), cell_text(cell)
    is_moved_on = name in _MOVEMENTS and _movement(text) in _MOVED_ON
    is_invoice = name in _KINDS and bool(_INVOICE_PAPERS.search(text))
    return is_moved_on or is_invoice or _says(_NEVER_CAME, name, text)


def is_deleted(header, cell):
    """Whether a column says that the row was deleted, or cancelled.

    >>> is_deleted("Deletion Indicator", "L"), is_deleted("Deletion Indicator", "")
    (True, False)
    >>> is_deleted("是否作废", "√"), is_deleted("Cancelled", "No")
    (True, False)
    >>> is_deleted("Cancelled On", "2026-03-05"), is_deleted("Cancelled On", "0")
    (True, False)
    >>> is_deleted("Cancelled On", "31.12.9999")
    False
    """
    name, text = word_key(header), cell_text(cell)
    if name in _DELETED_ON:
        is_day = sum(map(str.isdigit, text)) > 3
        # Programs write the first or the last of all years where there is no day.
        is_never = any(year in text for year in NO_YEARS)
        return is_day and not is_never and not is_no_date(text)
    return name in _DELETIONS and (_is_yes(text) or is_cancelled(text))


def _is_yes(text):
    return word_key(text) in _YES or text in _TICKS and bool(text)


def _says(pairs, name, text):
    return any(name in headers and word_key(text) in said for headers, said in pairs)


def _movement(text):
    """The number of a movement of SAP, which may stand before its name."""
    return "" if text[3:4].isdigit() else text[:3]
