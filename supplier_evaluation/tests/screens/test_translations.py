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
