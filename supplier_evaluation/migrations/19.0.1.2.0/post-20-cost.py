from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

from odoo.addons.supplier_evaluation.tools.sentences import replace_sentences

MODULE = "supplier_evaluation"
# Sentences of our KPIs that say something else now, by the KPI's name and field.
LEFT_OUT = (
    (
        "Lines of cancelled orders, lines with nothing left to order, and lines that a "
        "manager left out with a reason."
    ),
    (
        "Lines of cancelled orders, lines with nothing left to order, down payments, "
        "imported lines of orders that are in Odoo as well, and lines that a manager "
        "left out with a reason."
    ),
)
SENTENCES = {
    ("price_variance", "exclusion_description"): LEFT_OUT,
    ("price_competitiveness", "exclusion_description"): LEFT_OUT,
    ("price_volatility", "exclusion_description"): LEFT_OUT,
    ("discount_rate", "description"): (
        "of all order lines confirmed in the period, in company currency",
        (
            "of all order lines confirmed in the period, or added to a confirmed order "
            "in it, in company currency"
        ),
    ),
    ("payment_terms", "description"): (
        (
            "averaged over the posted bills of the period with their amounts. Of a "
            "bill that is due in several instalments, each counts with its amount."
        ),
        (
            "averaged over the bills booked in the period with their amounts, without "
            "tax and down payments, in company currency at the bill's rate. Of a bill "
            "that is due in several instalments, each counts with its amount. A bill "
            "without a payment term has no data: it is due on the day on which it was "
            "typed in."
        ),
    ),
}
# What KPIs of facts said that the facts say for all of theirs by now, in other words.
SAID_BY_FACTS = {
    ("supplier.bill.fact", "source_description"): (
        "Lines of posted vendor bills that are linked to a purchase order line.",
        "Posted vendor bills, with or without a purchase order, and their due dates.",
    ),
    ("supplier.bill.fact", "exclusion_description"): (
        (
            "Bill lines without a purchase order, shown as without reference. Refunds, "
            "and bills that a refund reversed. Lines of orders that a manager left out "
            "with a reason."
        ),
        (
            "Refunds, and bills that a refund reversed. Lines of orders that a manager "
            "left out with a reason."
        ),
    ),
    ("supplier.price.fact", "exclusion_description"): (LEFT_OUT[0],),
    ("supplier.delivery.fact", "exclusion_description"): (
        (
            "Cancelled lines, lines with nothing left to order, services, lines "
            "promised outside the period, and lines that a manager left out with a "
            "reason."
        ),
    ),
    ("supplier.receipt.fact", "exclusion_description"): (
        (
            "Receipts of order lines that a manager left out with a reason. Incidents "
            "that were cancelled, are not quality, are not or not yet the supplier's "
            "responsibility, or that a manager left out."
        ),
    ),
}


def migrate(cr, version):
    """Payment terms count bills instead of their lines, and KPIs say what is new.

    What somebody defined or wrote otherwise stays, as do translations.
    """
    for (model, name), former in SAID_BY_FACTS.items():
        cr.execute(
            SQL(
                """
                UPDATE supplier_kpi SET %(column)s = NULL
                 WHERE fact_model = %(model)s
                   AND %(column)s - 'en_US' = '{}'
                   AND %(column)s ->> 'en_US' = ANY(%(former)s)
                """,
                column=SQL.identifier(name),
                model=model,
                former=list(former),
            )
        )
    env = api.Environment(cr, SUPERUSER_ID, {})
    replace_sentences(cr, env["supplier.kpi"], SENTENCES)
    terms = env.ref(f"{MODULE}.supplier_kpi_payment_terms", raise_if_not_found=False)
    if terms and terms.fact_model == "supplier.bill.fact" and terms.aspect == "terms":
        terms.fact_model = "supplier.payment.fact"
