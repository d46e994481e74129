from odoo.tests import tagged

from odoo.addons.supplier_evaluation.tests.translations import TranslationsCase


@tagged("post_install", "-at_install")
class TestQualityTerms(TranslationsCase):
    module = "supplier_evaluation_quality_control"
    term = "Quality Test"
