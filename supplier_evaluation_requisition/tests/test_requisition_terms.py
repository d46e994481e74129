from odoo.tests import tagged

from odoo.addons.supplier_evaluation.tests.translations import TranslationsCase


@tagged("post_install", "-at_install")
class TestRequisitionTerms(TranslationsCase):
    module = "supplier_evaluation_requisition"
    term = "Cost With Performance"
    # The name of a file is Python.
    names = frozenset({"(object.title or '').replace('/', '-')"})
