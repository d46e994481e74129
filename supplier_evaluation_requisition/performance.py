"""What the records of one company say of its suppliers, read once for all of them."""

from odoo import fields

from odoo.addons.supplier_evaluation.forecast import Key
from odoo.addons.supplier_evaluation.models.gate.judging.lineage import Lineage


class Performance:
    """How good vendors are, in a constant number of statements.

    Each part is read when it is asked for the first time.

    :param company: whose records
    :param vendors: partners; a contact stands for its company
    """

    def __init__(self, company, vendors):
        # Who chooses a supplier sees figures of it, not the records behind them.
        self.company = company.sudo()
        self.env = self.company.env
        self.vendors = vendors.sudo().commercial_partner_id.with_company(company)
        self.lineage = Lineage(self.company)
        self.now = fields.Datetime.now()
        self.today = self.company._supplier_day(self.now)
        self._learned = self._defects = self._certifications = None
        self._known = {}
        # The records are read by statements of our own.
        self.env.flush_all()

    def lateness(self, vendor, product):
        """Return what to expect of a delivery, or ``None`` where nothing is known.

        :rtype: forecast.Lateness
        """
        if self._learned is None:
            forecasts = self.env["supplier.delivery.forecast"]
            lesson = forecasts._last_lesson(self.company, self.vendors)
            # Before the first night, what the deliveries teach now.
            self._learned = (
                lesson.learned
                if lesson
                else forecasts._learned_on(self.company.id, self.today)
            )
        vendor = vendor.commercial_partner_id
        key = Key(vendor.id, product.id, product.sudo().categ_id.id or None)
        if key not in self._known:
            self._known[key] = self._learned.forecast(key)
        return self._known[key]

    def days_late(self, vendor, product):
        """Return the expected days late, ``None`` where nothing is known.

        Where no delivery of anybody was ever late, none are expected.
        """
        found = self.lateness(vendor, product)
        return found and (found.expected_days or 0.0)

    def defects(self, vendor):
        """Return the share of defects and of how many receipts, or ``None``."""
        if self._defects is None:
            kpis = self.env["supplier.kpi"]
            self._defects = kpis._defect_shares_on(self.company.id, self.today)
        return self._defects.get(vendor.commercial_partner_id.id)

    def certification(self, vendor, category):
        """Return what the certifications for a category say: one of ``STATUSES``.

        Only what covers the category counts, and what companies above say too, as
        where orders are checked.
        """
        if self._certifications is None:
            self._certifications = self.lineage.certifications(self.vendors)
        own = self._certifications.get(
            vendor.commercial_partner_id.id, self.env["supplier.certification"]
        )
        covering = own.filtered(lambda one: category is None or one._covers(category))
        return self.lineage.statuses(covering, self.now)[0][0]
