from dataclasses import replace

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from ...scoring.scope import CONTEXT_KEY
from ...tools.numbers import number

#: What is shown of the records behind a figure: the supplier's own only, and nothing
#: that was compared with others. Of records of other kinds nothing is shown, and
#: ``_reasons`` say why.
COLUMNS = {
    "supplier.delivery.fact": (
        "name",
        "product_id",
        "date",
        "date_received",
        "quantity_ordered",
        "quantity_received",
    ),
    "supplier.receipt.fact": ("name", "product_id", "date"),
    "supplier.price.fact": ("name", "product_id", "date"),
    "supplier.bill.fact": ("name", "date"),
    "supplier.response.fact": ("name", "date"),
    "supplier.contact.fact": ("date", "kind", "planned"),
    "supplier.incident.fact": ("date",),
    "supplier.document.fact": ("type_id", "status", "date_to"),
    "supplier.certification.fact": ("name", "date"),
    "supplier.flexibility.fact": (
        "name",
        "product_id",
        "date",
        "date_received",
        "is_urgent",
        "is_changed",
        "on_time_share",
    ),
    "supplier.quotation.fact": (
        "name",
        "product_id",
        "date",
        "kind",
        "quantity",
        "price",
    ),
    "supplier.cooperation.fact": (
        "name",
        "product_id",
        "date",
        "kind",
        "value",
        "years",
    ),
    "supplier.training.fact": ("name", "date", "invited", "attended", "completed"),
    "supplier.inspection.fact": (
        "name",
        "product_id",
        "date",
        "quantity_inspected",
        "quantity_rejected",
    ),
    "supplier.payment.fact": (
        "name",
        "date_bill",
        "date_paid",
        "payment_days",
        "days_to_pay",
    ),
    "supplier.saving.fact": ("name", "product_id", "date"),
}
#: Which of the records that were left out are shown: a request that is a draft still,
#: and a training that is only planned, are nobody's business yet.
LEFT_OUT = {
    "supplier.quotation.fact": Domain("kind", "=", "order"),
    "supplier.training.fact": Domain(
        "exclusion", "not in", ("cancelled", "outside_period")
    ),
}
#: Amounts: of a unit in the currency of the order, of a line in the company's.
MONEY = {"price", "value"}
#: So many rows are shown of each kind, and so many are saved to a file.
MOST = 80
MOST_SAVED = 20_000


class SupplierPortal(models.AbstractModel):
    """The records behind a figure, as plain texts: no record leaves this file."""

    _inherit = "supplier.portal"

    @api.model
    def _figure(self, line, most=None):
        """Return what was counted for a figure, and what was left out.

        :param line: a scorecard line, as :meth:`_get` returns it
        :param int most: how many records of each kind; by default as many as are shown
        :return: a dict with ``labels``, ``counted`` and ``left_out``: lists of dicts
            with ``id``, ``texts`` and ``reason``, and ``notes``: what is said of a
            list that goes on; None where nothing is shown
        """
        kpi = line._kpi_as_computed()
        columns = self._columns().get(kpi.fact_model)
        if not columns:
            return None
        facts = self.env[kpi.fact_model].sudo()
        labels = facts.fields_get(columns, ["string"])
        most = most or MOST
        counted, left_out = (
            self._facts(line, kind, most=most) for kind in (True, False)
        )
        return {
            "labels": [labels[name]["string"] for name in columns],
            "counted": self._rows(counted, columns),
            "left_out": self._rows(left_out, columns),
            "notes": {
                "counted": self._note_more(line, counted, True, most),
                "left_out": self._note_more(line, left_out, False, most),
            },
        }

    @api.model
    def _columns(self):
        """Return what is shown of records: ``{model: names of fields}``."""
        return COLUMNS

    @api.model
    def _reasons(self):
        """Return why nothing is shown of other records: ``{model: a sentence}``."""
        return {
            "supplier.customer.review.fact": self.env._(
                "What customers answered is not shown, because their names and words "
                "are theirs."
            ),
            "supplier.review.fact": self.env._(
                "What our people answered is not shown, so that each of them can "
                "answer openly."
            ),
            "supplier.risk.fact": self.env._(
                "What was found about risks is not shown, because it may be "
                "unconfirmed and its sources are not ours to name."
            ),
        }

    @api.model
    def _why_not_shown(self, line):
        """Return one sentence on why the records behind a figure are not shown.

        :param line: a scorecard line, of which :meth:`_figure` returns None
        """
        reason = self._reasons().get(line._kpi_as_computed().fact_model)
        return reason or self.env._("The records behind this figure are not shown.")

    def _note_more(self, line, shown, counted, most):
        """Return what is said where there are more records than are shown, or None."""
        facts, domain = self._behind(line, counted)
        count = len(shown) if len(shown) < most else facts.search_count(domain)
        if count == len(shown):
            return None
        return self.env._(
            "The first %(shown)s of %(count)s records are shown. To dispute another "
            "one, dispute the figure as a whole and name the record.",
            shown=len(shown),
            count=count,
        )

    @api.model
    def _fact(self, line, fact_id):
        """Return one record behind a figure, with all rights.

        :raises MissingError: it is not behind this figure
        """
        for counted in (True, False):
            if fact := self._facts(line, counted, [("id", "=", fact_id)]):
                return fact
        return self._refuse()

    def _facts(self, line, counted, domain=(), most=None):
        facts, asked = self._behind(line, counted)
        return facts.search(asked & Domain(list(domain)), limit=most or MOST)

    def _behind(self, line, counted):
        """Return the facts, and the domain of those behind a figure.

        :param bool counted: those that count, or those that were left out
        """
        kpi = line._kpi_as_computed()
        if kpi.fact_model not in self._columns():
            return self._refuse()
        scope = line._figure_scope(with_excluded=not counted)
        scope = replace(scope, aspect=kpi.aspect or "")
        facts = self.env[kpi.fact_model].sudo()
        facts = facts.with_context(**{CONTEXT_KEY: scope.to_context()})
        asked = Domain(kpi._facts_domain(scope, counted))
        asked &= Domain(kpi._supplier_domain(line.partner_id))
        # Asked once more, whatever the figure asks for.
        asked &= Domain("partner_id", "=", self._supplier().id)
        asked &= Domain("company_id", "=", line.company_id.id)
        if not counted:
            asked &= LEFT_OUT.get(kpi.fact_model, Domain.TRUE)
        return facts, asked

    def _rows(self, facts, columns):
        exclusions = dict(facts._fields["exclusion"]._description_selection(self.env))
        return [
            {
                "id": fact.id,
                "texts": [self._text(fact, name) for name in columns],
                "reason": fact.exclusion and exclusions.get(fact.exclusion),
            }
            for fact in facts
        ]

    def _text(self, fact, name):
        field, value = fact._fields[name], fact[name]
        if field.type == "boolean":
            return self.env._("Yes") if value else self.env._("No")
        if field.type in ("float", "integer") and value is not False:
            return self._number(fact, name)
        if not value:
            return ""
        if field.type == "date":
            return format_date(self.env, value)
        if field.type == "many2one":
            return value.display_name
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        return str(value)

    def _number(self, fact, name):
        """Return a number as its reader writes it, with what it is counted in."""
        field, value = fact._fields[name], fact[name]
        if field.type == "integer":
            return number(self.env, value, 0)
        if name.endswith("_share"):
            return f"{number(self.env, 100 * value)} %"
        if name not in MONEY:
            return number(self.env, value)
        own = fact.currency_id if "currency_id" in fact._fields else None
        currency = own or fact.company_id.currency_id
        digits = field.get_digits(self.env)[1]
        return f"{number(self.env, value, digits)} {currency.name}"

    @api.model
    def _fact_name(self, line, fact):
        """Return how a record behind a figure is called where it is disputed."""
        columns = self._columns()[line._kpi_as_computed().fact_model]
        texts = [self._text(fact, name) for name in columns[:3]]
        return ", ".join(text for text in texts if text)
