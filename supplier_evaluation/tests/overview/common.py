from datetime import date, datetime

from ..common import BUYER, MANAGER, REVIEWER, SupplierEvaluationCommon

FEBRUARY = {
    "date_from": date(2026, 2, 1),
    "date_to": date(2026, 2, 28),
    "cutoff": datetime(2026, 3, 4, 16, 0),
}


class OverviewCommon(SupplierEvaluationCommon):
    """Two months: one supplier stays punctual, one gets late, one is new in March.

    Each order has 10 pieces at 5 dollars; the two KPIs weigh the same.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {
            "buyer": cls._create_user("overview_buyer", BUYER),
            "manager": cls._create_user("overview_manager", MANAGER),
            "reviewer": cls._create_user("overview_reviewer", REVIEWER),
        }
        cls.template = cls._create_template("Two", ["otd", "fill_rate"])
        cls.late_supplier = cls._create_supplier(
            "Late", country_id=cls.env.ref("base.de").id
        )
        cls.new_supplier = cls._create_supplier("New")
        cls.late_supplier.buyer_id = cls.people["buyer"]
        cls._month("02", cls.supplier, came="10")
        cls._month("02", cls.late_supplier, came="10")
        cls.february = cls._publish(**FEBRUARY)
        cls._month("03", cls.supplier, came="10")
        cls._month("03", cls.late_supplier, came="12")
        cls._month("03", cls.new_supplier, came="10")
        cls.march = cls._publish()

    @classmethod
    def _month(cls, month, partner, came):
        """Five orders of a month, promised for the 10th."""
        for _index in range(5):
            line = cls._order(
                10,
                5,
                f"2026-{month}-10",
                confirmed=f"2026-{month}-01",
                partner=partner,
            )
            cls._receive(line, f"2026-{month}-{came}")

    @classmethod
    def _publish(cls, **vals):
        evaluation = cls._evaluate(**vals)
        evaluation.action_publish()
        return evaluation

    def _publish_elsewhere(self):
        """Another company evaluates the first supplier; the manager works there, too.

        :return: the other company
        """
        other = self._create_company("Other Works", "Asia/Shanghai", "USD")
        self.template.company_id = False
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", other.id)], limit=1
        )
        line = self._order(
            10,
            5,
            "2026-03-10",
            company=other,
            picking_type_id=warehouse.in_type_id.id,
        )
        self._receive(line, "2026-03-10")
        self.env.user.company_ids |= other
        self._publish(company_id=other.id)
        self.people["manager"].company_ids |= other
        return other

    def _overview(self, person="buyer", **asked):
        return self._as(self.env["supplier.scorecard"], person).retrieve_overview(
            **asked
        )

    def _heatmap(self, person="buyer", **asked):
        return self._as(self.env["supplier.scorecard"], person).retrieve_heatmap(
            **asked
        )

    @classmethod
    def _card(cls, evaluation, partner):
        return evaluation.scorecard_ids.filtered(
            lambda card: card.partner_id == partner
        )
