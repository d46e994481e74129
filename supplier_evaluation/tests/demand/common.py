from freezegun import freeze_time

from ..portal.common import PortalCommon

NOW = "2026-04-15 04:00:00"


class DemandCommon(PortalCommon):
    """Two products with vendors, and a buyer who plans in April 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.nut = cls._create_product("Nut", default_code="NUT-1")
        cls.env["product.supplierinfo"].create(
            [
                cls._offer(cls.product, cls.supplier, 1),
                cls._offer(cls.product, cls.rival, 2),
                cls._offer(cls.nut, cls.rival, 1),
            ]
        )
        clock = freeze_time(NOW)
        clock.start()
        cls.addClassCleanup(clock.stop)

    @classmethod
    def _offer(cls, product, supplier, sequence, **vals):
        return {
            "partner_id": supplier.id,
            "product_tmpl_id": product.product_tmpl_id.id,
            "company_id": cls.company.id,
            "sequence": sequence,
            **vals,
        }

    @classmethod
    def _demand(cls, *months, **vals):
        """Demand of 100 bolts, each month; of May by default.

        :param months: first days
        """
        return cls._as(cls.env["supplier.demand"], "buyer").create(
            [
                {
                    "product_id": cls.product.id,
                    "month": month,
                    "quantity": 100,
                    **vals,
                }
                for month in months or ("2026-05-01",)
            ]
        )

    def _told(self):
        """Return who was written to of demand, by login, each as often as it was."""
        mails = self.env["mail.mail"].search([("model", "=", "supplier.demand")])
        return sorted(mail.recipient_ids.user_ids.login for mail in mails)

    def _seen(self, user="ours"):
        """Return what a supplier sees: product, quantity and what was before."""
        door = self._door(user)
        rows = door._find("supplier.demand", order="month, product_id, id")
        return [
            (row["product"], row["quantity"], row["before"])
            for month in door._demand_months(rows)
            for row in month["rows"]
        ]
