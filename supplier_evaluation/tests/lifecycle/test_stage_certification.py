from odoo.tests import tagged

from ..certification.common import CertificationCommon


@tagged("post_install", "-at_install")
class TestStageCertification(CertificationCommon):
    """A stage that only certified suppliers enter."""

    def test_certified_supplier_is_approved(self):
        stage = self.env.ref("supplier_evaluation.supplier_stage_approved")
        self.assertTrue(stage.needs_certification)
        with self.assertRefused("no certification is in force"):
            self._as(self.supplier, "first")._set_supplier_stage(stage, "Ready")
        certification = self._certified()
        self.assertEqual(certification.state, "certified")
        self._as(self.supplier, "first")._set_supplier_stage(stage, "Ready")
        self.assertEqual(self.supplier.supplier_stage_id, stage)
        elsewhere = self.supplier.with_company(self.elsewhere)
        with self.assertRefused("no certification is in force"):
            elsewhere._set_supplier_stage(stage, "Certified by the others")
