from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import SupplierEvaluationCommon


@tagged("post_install", "-at_install")
class TestSubject(SupplierEvaluationCommon):
    """Whose record it is follows its supplier: portal and figures go by it."""

    def test_nobody_writes_it(self):
        tried = 0
        for name, model in self.env.registry.items():
            field = model._fields.get("commercial_partner_id")
            ours = name.startswith("supplier.") and model._auto and not model._abstract
            if not (ours and field and field.store and field.related):
                continue
            tried += 1
            with (
                self.subTest(name),
                self.assertRefused("written directly", AccessError),
            ):
                self.env[name].write({"commercial_partner_id": self.supplier.id})
        self.assertGreater(tried, 5)

    def test_it_follows_the_supplier(self):
        other = self._create_supplier("Other")
        vals = {"title": "Rust", "company_id": self.company.id}
        incident = self.env["supplier.incident"].create(
            {**vals, "partner_id": self.supplier.id}
        )
        incident.partner_id = self._create_contact("Ann", parent_id=other.id)
        self.assertEqual(incident.commercial_partner_id, other)
