"""The kinds of records that come in, in the order in which they are taken.

Suppliers come first, and bills before their payments: what a record refers to may be in
the same message.
"""

from .contract import (
    Kind,
    boolean,
    choice,
    date,
    datetime,
    file,
    long_text,
    number,
    text,
)
from .kinds_out import OUT

BOTH = ("in", "out")


def _supplier():
    """How a record says of whom it is: one of the four is enough."""
    return (
        text(
            "supplier",
            "The supplier's identifier in the system that sends the record.",
        ),
        text("supplier_registry_number", "Where there is no identifier."),
        text("supplier_tax_id", "Where there is no identifier."),
        text("supplier_name", "Where there is no identifier: the exact name."),
    )


def _order_line():
    return (
        text("order", "Number of the purchase order.", required=True),
        text("line", "Number of the line in the order.", required=True),
    )


def _money(name, about, **options):
    return (
        number(name, about, **options),
        text(
            "currency",
            "Three letters, as EUR. Left out: that of the company.",
            upper=True,
        ),
    )


SUPPLIER = Kind(
    "supplier",
    "A company that supplies, or may supply.",
    (
        text("name", "Its name.", required=True),
        text("ref", "The reference that you have for it."),
        text("registry_number", "Number in the register of companies."),
        text("tax_id", "Tax or VAT number."),
        text("email", "E-mail address."),
        text("phone", "Telephone number."),
        text("website", "Address of the website."),
        text("street", "Street and number."),
        text("street2", "Second line of the address."),
        text("city", "City."),
        text("zip", "Postal code."),
        text("state", "Code or name of the state or province, as Odoo has it."),
        text("country", "Two letters (ISO 3166-1), as CN.", size=2, upper=True),
        boolean("active", "False: it is archived."),
    ),
    BOTH,
)
CONTACT = Kind(
    "contact",
    "A person at a supplier.",
    (
        *_supplier(),
        text("name", "The person's name.", required=True),
        text("function", "Job position."),
        text("email", "E-mail address."),
        text("phone", "Telephone number."),
        boolean("active", "False: the contact is archived."),
    ),
    BOTH,
)
DOCUMENT = Kind(
    "document",
    "A licence or certificate. It waits until somebody verifies it.",
    (
        *_supplier(),
        text("type", "Code of the document type.", required=True),
        text("number", "As printed on it."),
        text("issuer", "Who issued it."),
        long_text("scope", "What it covers."),
        date("date_issued", "Day of issue."),
        date("date_from", "First day of its validity."),
        date("date_to", "Last day of its validity. Empty: without end."),
        file(
            "file",
            "The scan, in base64, of 10 MB at most: PDF, PNG, JPEG, WebP, XLSX or DOCX."
            " Sent by us only if it is asked for.",
        ),
        text("file_name", "Its name with the extension. Needed beside a file."),
        text("file_type", "Its MIME type. Where it is said, it has to be right."),
    ),
    BOTH,
)
ORDER = Kind(
    "order",
    "A line of a purchase order of another system.",
    (
        *_supplier(),
        *_order_line(),
        text("product", "Reference, barcode or name of the product."),
        text("category", "Name of the product category."),
        text("unit", "Unit of all quantities of the line."),
        number("quantity", "Ordered.", required=True, positive=True),
        *_money("price", "Price of one unit.", positive=True),
        date("date_order", "Day of the order."),
        date("date_promised", "Day on which delivery was promised.", required=True),
    ),
)
RECEIPT = Kind(
    "receipt",
    "What came of an order line on one day. The order line is sent before.",
    (
        *_supplier(),
        *_order_line(),
        date("date", "Day of the receipt.", required=True),
        number("quantity", "What came.", required=True, positive=True),
    ),
)
RETURN = Kind(
    "return",
    "What was sent back of an order line for its quality, all together.",
    (
        *_supplier(),
        *_order_line(),
        date("date", "Day of the last return."),
        number("quantity", "Sent back so far.", required=True, positive=True),
    ),
)
BILL = Kind(
    "bill",
    "A bill of a supplier in another system.",
    (
        *_supplier(),
        text("number", "The supplier's number of the bill.", required=True),
        text("order", "Number of the purchase order."),
        date("date", "Date of the bill.", required=True),
        date("date_due", "Day on which it is due."),
        *_money("amount", "Total with taxes.", required=True),
        number("amount_ordered", "What it should be by the order."),
    ),
)
PAYMENT = Kind(
    "payment",
    "What we paid of a bill. The bill is sent before.",
    (
        *_supplier(),
        text("bill", "The supplier's number of the bill.", required=True),
        date("date", "Day of the payment.", required=True),
        number("amount", "In the currency of the bill.", required=True),
    ),
)
INSPECTION = Kind(
    "inspection",
    "A check of goods that came.",
    (
        *_supplier(),
        text("number", "Number of the inspection lot.", required=True),
        date("date", "Day of the inspection.", required=True),
        text("order", "Number of the purchase order."),
        text("product", "Reference, barcode or name of the product."),
        number("quantity_inspected", "Checked.", required=True, positive=True),
        number("quantity_rejected", "Found bad.", required=True, positive=True),
        choice(
            "result",
            "What was decided.",
            ("accepted", "conditional", "rejected"),
            required=True,
        ),
        long_text("description", "What was found."),
    ),
)
INCIDENT = Kind(
    "incident",
    "A complaint about a supplier.",
    (
        *_supplier(),
        text("title", "What was wrong, in a line.", required=True),
        choice(
            "type",
            "What it is about.",
            ("quality", "delivery", "documents", "service", "environment", "other"),
        ),
        choice("severity", "How bad it is.", ("minor", "major", "critical")),
        choice(
            "responsibility",
            "Whose fault it was.",
            ("open", "supplier", "us", "carrier", "force_majeure"),
        ),
        choice(
            "status",
            "How far it is.",
            ("new", "in_progress", "waiting", "resolved", "cancelled"),
        ),
        datetime("date_opened", "When it was found.", required=True),
        datetime("date_first_answer", "When the supplier first answered."),
        datetime("date_resolved", "When it was resolved, if it is."),
        number("cost", "What it cost us, in company currency.", positive=True),
        long_text("description", "What was found."),
    ),
    BOTH,
)
RISK_SIGNAL = Kind(
    "risk_signal",
    "Something that a register, an agency or the news tells of a supplier.",
    (
        *_supplier(),
        choice(
            "type",
            "What it is. A credit rating is a record of its own kind.",
            (
                "litigation",
                "penalty",
                "abnormal_operation",
                "environment",
                "insolvency",
                "supply_interruption",
                "sanctions",
                "news",
            ),
            required=True,
        ),
        choice("severity", "How bad it is.", ("low", "medium", "high", "critical")),
        date("date", "Day on which it happened.", required=True),
        date("date_end", "Day on which it was over. Empty: it lasts."),
        text("title", "In a few words.", required=True, size=200),
        text("description", "What is known.", size=10_000),
        text("link", "Where it can be read: https://…", size=2_000),
        *_money("amount", "The sum in question.", positive=True),
    ),
)
RATING = Kind(
    "rating",
    "What a rating agency says of a supplier.",
    (
        *_supplier(),
        text("agency", "Who rates.", required=True),
        text("rating", "As it is published: AA-, Baa1, 72.", required=True),
        date("date", "Day of the rating.", required=True),
        text("link", "Where it can be read: https://…", size=2_000),
    ),
)
PRICE_INDEX = Kind(
    "price_index",
    "What the market of a product or a category stood at in a month.",
    (
        text("index", "Who publishes it, and which one it is.", required=True),
        text("product", "Reference or barcode of a product. Or a category."),
        text("category", "Name of a product category. Or a product."),
        date("month", "Any day of the month.", required=True),
        number("value", "On the base of the index.", required=True, positive=True),
    ),
)
BENCHMARK = Kind(
    "benchmark",
    "What others reach for a figure.",
    (
        text("kpi", "Code of the KPI.", required=True),
        text("group", "Of whom, as an industry or a country.", required=True),
        date("date_from", "First day of the period.", required=True),
        date("date_to", "Last day of the period.", required=True),
        number("value", "The usual value, in the unit of the KPI.", required=True),
        number("value_low", "A quarter is below it."),
        number("value_high", "A quarter is above it."),
        text("publisher", "Who says so."),
    ),
    BOTH,
)

IN = {
    kind.name: kind
    for kind in (
        SUPPLIER,
        CONTACT,
        DOCUMENT,
        ORDER,
        RECEIPT,
        RETURN,
        BILL,
        PAYMENT,
        INSPECTION,
        INCIDENT,
        RISK_SIGNAL,
        RATING,
        PRICE_INDEX,
        BENCHMARK,
    )
}
KINDS = {**IN, **OUT}
SENT = tuple(name for name, kind in KINDS.items() if "out" in kind.directions)
#: The fields that say of whom a record is.
SUBJECT = tuple(field.name for field in _supplier())
