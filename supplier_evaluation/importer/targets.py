"""What a column of a history file can become. Plain Python, no Odoo.

Labels are in :mod:`supplier_history_import_line`, where they are translated.
"""

from dataclasses import dataclass

from .cells import header_key

SUPPLIER_TARGETS = ("supplier", "supplier_ref", "supplier_vat", "supplier_name")


@dataclass(frozen=True)
class Target:
    """How a column is read, and the headers that suggest it, best first."""

    kind: str
    synonyms: str
    required: bool = False


TARGETS = {
    "supplier": Target("text", ""),
    "supplier_ref": Target(
        "text",
        "supplierref supplierreference suppliercode supplierno suppliernumber "
        "supplierid vendorref vendorreference vendorcode vendorno vendornumber "
        "vendorid vendoraccount supplieraccount creditorno",
    ),
    "supplier_vat": Target(
        "text",
        "vat vatno vatnumber vatid taxid taxnumber suppliervat vendorvat "
        "suppliertaxid vendortaxid",
    ),
    "supplier_name": Target(
        "text", "suppliername vendorname supplier vendor creditor manufacturer"
    ),
    "order_ref": Target(
        "text",
        "orderref orderreference purchaseorder purchaseordernumber "
        "purchaseorderno ponumber pono poref po poso posono ponr order ordernumber "
        "orderno purchasingdocument",
        required=True,
    ),
    "line_ref": Target(
        "text",
        "lineref linereference orderline poline polineno polinenumber poitem "
        "linenumber lineno line linenr itemno pos position lineid id item",
        required=True,
    ),
    "receipt_ref": Target(
        "text",
        "receiptref receiptreference receiptno receiptnumber receipt grn grnno "
        "grnumber goodsreceipt deliverynote deliverynotenumber packingslip",
    ),
    "product": Target(
        "text",
        "productcode sku materialnumber material itemcode internalreference "
        "barcode ean gtin partnumber partno product productname itemdescription "
        "materialdescription description itemname item",
    ),
    "category": Target(
        "text",
        "productcategory productgroup category materialgroup commodity itemgroup",
    ),
    "uom": Target("text", "uom unitofmeasure unit units orderunit purchaseunit"),
    "quantity_ordered": Target(
        "number",
        "quantityordered orderedquantity orderquantity qtyordered orderedqty "
        "orderqty poquantity poqty lineitemquantity quantity qty",
        required=True,
    ),
    "price_unit": Target(
        "number",
        "unitprice priceunit netprice price purchaseprice priceperunit packprice "
        "unitcost",
    ),
    "currency": Target("text", "currency currencycode curr"),
    "date_order": Target(
        "date",
        "orderdate dateorder podate purchasedate dateordered ordereddate "
        "posenttovendordate posentdate confirmationdate documentdate",
    ),
    "date_promised": Target(
        "date",
        "promiseddate datepromised promisedate promised promiseddeliverydate "
        "scheduleddeliverydate scheduleddate confirmeddeliverydate "
        "expecteddeliverydate expectedarrival expecteddate expected duedate "
        "deliveryduedate plannedate planneddeliverydate plannedreceiptdate "
        "requesteddeliverydate needbydate",
        required=True,
    ),
    "date_received": Target(
        "date",
        "receiveddate datereceived receiptdate goodsreceiptdate grdate "
        "actualdeliverydate actualreceiptdate actualdate deliverydate "
        "delivereddate datedelivered deliveredtoclientdate arrivaldate received",
    ),
    "quantity_received": Target(
        "number",
        "quantityreceived receivedquantity qtyreceived receivedqty "
        "receiptquantity receiptqty deliveredquantity quantitydelivered "
        "deliveredqty grquantity",
    ),
    "quantity_returned": Target(
        "number",
        "quantityreturned returnedquantity qtyreturned returnedqty "
        "returnquantity returnqty rejectedquantity quantityrejected",
    ),
    "date_returned": Target("date", "returndate datereturned returneddate"),
}


def propose_columns(header, labels=None):
    """Guess the columns by their headers; the user sees and changes them.

    :param header: the file's headers
    :param dict labels: target -> its label in the user's language
    :return: target -> header
    """
    by_key = {}
    for name in header:
        by_key.setdefault(header_key(name), name)
    proposed, taken = {}, set()
    for target, definition in TARGETS.items():
        label = header_key((labels or {}).get(target, ""))
        for key in (label, *definition.synonyms.split()):
            name = by_key.get(key)
            if name and name not in taken:
                proposed[target] = name
                taken.add(name)
                break
    return proposed


def is_optional(target):
    """Whether a file can do without; obligatory targets are shown first."""
    return not (TARGETS[target].required or target in SUPPLIER_TARGETS)


def missing_targets(columns):
    """The obligatory targets that have no column."""
    missing = [
        target
        for target, definition in TARGETS.items()
        if definition.required and not columns.get(target)
    ]
    if not any(columns.get(target) for target in SUPPLIER_TARGETS):
        missing.insert(0, "supplier")
    return missing
