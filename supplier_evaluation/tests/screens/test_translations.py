from odoo.tests import tagged

from ..translations import TranslationsCase


@tagged("post_install", "-at_install")
class TestTranslations(TranslationsCase):
    module = "supplier_evaluation"
    term = "Scorecards"
    names = {
        "ISO/IEC 27001",
        "Slack Webhook",
        "Zoho CRM",
        "(object.display_name or '').replace('/', '-')",
    }

    def test_what_is_accepted_is_no_lot(self):
        """Disputes, applications and inspections are accepted, too."""
        chinese = self.translations["zh_CN"]
        self.assertEqual(chinese.find("Accepted").msgstr, "已接受")
