from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestNameSearch(TransactionCase):
    """Whatever has a name is found by it, also where the name is made of others."""

    def test_every_model(self):
        for name in sorted(self.env.registry):
            model = self.env[name]
            if not name.startswith("supplier.") or model._abstract:
                continue
            with self.subTest(name):
                for text in ("steel", "50 %", "_'\\"):
                    model.name_search(text, limit=1)
                model.search([("display_name", "not ilike", "steel")], limit=1)
                model.search([("display_name", "=", False)], limit=1)
