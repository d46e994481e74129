from dataclasses import replace

from odoo import api, models
from odoo.tools import SQL

from ...tools.streams import id_array
from ..fact.watch import Watch, watch_taxes
from .by_hand import settled_against
from .payment import SETTLEMENTS_READ
from .query import BILLS_READ

TAXED = "account_move_line_account_tax_rel"
BILL_TYPES = "('in_invoice', 'in_refund')"
# The bill of a line, None for that of a customer; it takes two rows by their ids.
BILL_OF_LINE = (
    "(SELECT m.id FROM account_move_line a JOIN account_move m ON m.id = a.move_id"
    f" WHERE a.id = {{line}} AND m.move_type IN {BILL_TYPES})"
)
# Whether the move of a line is a bill.
IS_OF_BILL = (
    "EXISTS (SELECT FROM account_move m WHERE m.id = {row}.move_id"
    f" AND m.move_type IN {BILL_TYPES})"
)
# Whether lines ``d`` have settled bills; a new one has not.
HAS_SETTLED = (
    "EXISTS (SELECT FROM account_move_line d"
    " JOIN account_partial_reconcile r ON r.debit_move_id = d.id"
    " JOIN account_move_line a ON a.id = r.credit_move_id"
    " JOIN account_move m ON m.id = a.move_id"
    f" WHERE {{lines}} AND m.move_type IN {BILL_TYPES})"
)
# What changed of bills, of what settled them, and of what they were ordered by.
WATCHES = (
    Watch(
        table="account_move",
        columns=tuple(BILLS_READ["account.move"]),
        notes={"bill": "{row}.id", "refunded": "{row}.reversed_entry_id"},
        matters=f"{{row}}.move_type IN {BILL_TYPES} OR "
        + HAS_SETTLED.format(lines="d.move_id = {row}.id"),
        matters_new=f"{{row}}.move_type IN {BILL_TYPES}",
    ),
    Watch(
        table="account_move_line",
        columns=tuple(BILLS_READ["account.move.line"]),
        notes={"bill": "{row}.move_id"},
        matters=f"{IS_OF_BILL} OR " + HAS_SETTLED.format(lines="d.id = {row}.id"),
        matters_new=IS_OF_BILL,
    ),
    Watch(
        table=TAXED,
        columns=("account_move_line_id", "account_tax_id"),
        notes={"bill": BILL_OF_LINE.format(line="{row}.account_move_line_id")},
    ),
    Watch(
        table="account_partial_reconcile",
        columns=tuple(SETTLEMENTS_READ["account.partial.reconcile"]),
        notes={
            "bill": BILL_OF_LINE.format(line="{row}.credit_move_id"),
            "refunded": BILL_OF_LINE.format(line="{row}.debit_move_id"),
        },
    ),
    Watch(
        table="account_payment",
        columns=tuple(SETTLEMENTS_READ["account.payment"]),
        notes={"payment": "{row}.id"},
        matters="{row}.payment_type = 'outbound'",
    ),
    Watch(
        table="account_move__account_payment",
        columns=("invoice_id", "payment_id"),
        notes={"bill": "{row}.invoice_id"},
        matters="EXISTS (SELECT FROM account_move m WHERE m.id = {row}.invoice_id"
        f" AND m.move_type IN {BILL_TYPES})",
    ),
    Watch(
        table="purchase_order_line",
        columns=(
            "discount",
            "is_downpayment",
            "order_id",
            "price_subtotal",
            "price_unit",
            "product_id",
            "product_qty",
            "product_uom_id",
            "supplier_exclusion",
        ),
        notes={"billed_line": "{row}.id"},
        events="UPDATE",
        of="bill",
    ),
    Watch(
        table="account_tax_purchase_order_line_rel",
        columns=("account_tax_id", "purchase_order_line_id"),
        notes={"billed_line": "{row}.purchase_order_line_id"},
        of="bill",
    ),
    Watch(
        table="purchase_order",
        columns=("currency_id", "currency_rate"),
        notes={"billed_order": "{row}.id"},
        events="UPDATE",
        of="bill",
    ),
    Watch.whole(
        "res_company", "currency_exchange_journal_id", "currency_id", of="bill"
    ),
    *watch_taxes(TAXED, of="bill"),
)
# The bills that changes are about; some are gone. A refund matters to the bill that it
# refunds, and this to all that refund it. What was settled against one of them may be
# taken back together with it.
TOUCHED = """
    WITH billed AS (
        SELECT UNNEST(%(billed_lines)s) AS line_id
         UNION
        SELECT id FROM purchase_order_line WHERE order_id = ANY(%(billed_orders)s)
    ),
    changed AS (
        SELECT UNNEST(%(bills)s) AS id
         UNION
        SELECT m.id
          FROM (%(settled_bills)s) settled
          JOIN account_move m ON m.id = settled.move_id
         WHERE m.move_type IN ('in_invoice', 'in_refund')
         UNION
        SELECT invoice_id FROM account_move__account_payment
         WHERE payment_id = ANY(%(payments)s)
         UNION
        SELECT a.move_id
          FROM billed
          JOIN account_move_line a ON a.purchase_line_id = billed.line_id
         UNION
        SELECT id FROM account_move
         WHERE partner_id = ANY(%(partners)s)
           AND move_type IN ('in_invoice', 'in_refund')
         UNION
        SELECT a.move_id
          FROM product_product p
          JOIN account_move_line a ON a.product_id = p.id
          JOIN account_move m ON m.id = a.move_id
         WHERE (p.id = ANY(%(products)s) OR p.product_tmpl_id = ANY(%(templates)s))
           AND m.move_type IN ('in_invoice', 'in_refund')
         UNION
        SELECT a.move_id
          FROM product_product p
          JOIN purchase_order_line l ON l.product_id = p.id
          JOIN account_move_line a ON a.purchase_line_id = l.id
         WHERE (p.id = ANY(%(products)s) OR p.product_tmpl_id = ANY(%(templates)s))
           AND a.product_id IS NULL
    ),
    beside AS (
        SELECT id FROM changed
         UNION
        SELECT m.id
          FROM (%(settled_beside)s) settled
          JOIN account_move m ON m.id = settled.move_id
         WHERE m.move_type IN ('in_invoice', 'in_refund')
    ),
    refunded AS (
        SELECT id FROM beside
         UNION
        SELECT m.reversed_entry_id
          FROM beside
          JOIN account_move m ON m.id = beside.id
         WHERE m.reversed_entry_id IS NOT NULL
    )
    SELECT id FROM refunded
     UNION
    SELECT m.id FROM refunded JOIN account_move m ON m.reversed_entry_id = refunded.id
"""


class SupplierFactChange(models.Model):
    """Which bills changed, or what settled them."""

    _inherit = "supplier.fact.change"

    @api.model
    def _watches(self):
        return [*super()._watches(), *WATCHES]

    def _pending_of(self, noted):
        pending = super()._pending_of(noted)
        if not noted:
            return pending
        return replace(pending, bills=self._bills_of(noted))

    def _bills_of(self, noted):
        """Return the ids of the bills and refunds that noted changes are about.

        :param dict noted: ids of what changed, by its kind
        """
        kinds = (
            "billed_line",
            "billed_order",
            "partner",
            "payment",
            "product",
            "template",
        )
        bills = id_array([*noted.get("bill", ()), *noted.get("refunded", ())])
        rows = self.env.execute_query(
            SQL(
                TOUCHED,
                bills=bills,
                settled_bills=settled_against(SQL("= ANY(%s)", bills)),
                settled_beside=settled_against(SQL("IN (SELECT id FROM changed)")),
                **{f"{kind}s": id_array(noted.get(kind, ())) for kind in kinds},
            )
        )
        return sorted(bill_id for (bill_id,) in rows)
