from odoo.tests import tagged

from ...tools.wording import clauses, labelled, listed, sentences
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

    def test_texts_follow_each_other_as_the_reader_writes(self):
        """Who reads Chinese has a mark for lists, and wide colons and semicolons."""
        self.env["res.lang"]._activate_lang("zh_CN")
        chinese = self.env(context={"lang": "zh_CN"})
        for env, texts in (
            (self.env(context={"lang": "en_US"}), ("A, B", "A; B", "A B", "A: 3")),
            (chinese, ("A、B", "A；B", "AB", "A：3")),
        ):
            said = [join(env, "AB") for join in (listed, clauses, sentences)]
            self.assertEqual((*said, labelled(env, "A", 3)), texts)
