from odoo.tests import tagged

from odoo.addons.supplier_evaluation.tests.translations import TranslationsCase


@tagged("post_install", "-at_install")
class TestSaleTerms(TranslationsCase):
    module = "supplier_evaluation_sale"
    term = "Supplier late"
