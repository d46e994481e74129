from odoo.tests import tagged

from ..common import SupplierEvaluationCommon

NUMBERED = (
    "supplier.application",
    "supplier.certification",
    "supplier.contract",
    "supplier.corrective.action",
    "supplier.dispute",
    "supplier.incident",
    "supplier.meeting",
)


@tagged("post_install", "-at_install")
class TestNumbering(SupplierEvaluationCommon):
    """Every record that has a number has one of a sequence, or is refused."""

    def test_numbers_go_on(self):
        sequences = self.env["ir.sequence"]
        for model in NUMBERED:
            with self.subTest(model=model):
                numbers = [
                    sequences._next_supplier_number(model, self.company)
                    for _each in range(2)
                ]
                first, second = (int(number[-4:]) for number in numbers)
                self.assertEqual(second, first + 1)

    def test_without_a_sequence(self):
        sequences = self.env["ir.sequence"]
        sequences.search([("code", "in", NUMBERED)]).unlink()
        for model in NUMBERED:
            with (
                self.subTest(model=model),
                self.assertRefused("Golden Works cannot be numbered"),
            ):
                sequences._next_supplier_number(model, self.company)
