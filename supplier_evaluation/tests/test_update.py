from odoo.modules.module import get_manifest
from odoo.tests import TransactionCase, tagged
from odoo.tools import convert_file

from ..tools.sentences import replace_sentences


@tagged("post_install", "-at_install")
class TestUpdate(TransactionCase):
    """Presets belong to the users: an update changes none, and brings none back."""

    def _update(self):
        """Read the data files again, as an update does."""
        for path in get_manifest("supplier_evaluation")["data"]:
            if path.startswith("data/"):
                convert_file(self.env, "supplier_evaluation", path, {}, mode="update")

    def test_deleted_parts_of_presets_stay_deleted(self):
        """An approval step that came back would stop certifications."""
        deleted = {}
        for name in (
            "supplier_certification_program_standard_step",
            "supplier_questionnaire_question_general_1",
            "supplier_questionnaire_choice_general_4_1",
            "supplier_scorecard_template_delivery_otd",
        ):
            deleted[name] = self.env.ref(f"supplier_evaluation.{name}")
        counts = {
            record: record.search_count([]) - 1
            for record in (each.browse() for each in deleted.values())
        }
        for record in deleted.values():
            record.unlink()
        self._update()
        for name in deleted:
            with self.subTest(name=name):
                found = self.env.ref(
                    f"supplier_evaluation.{name}", raise_if_not_found=False
                )
                self.assertFalse(found)
        for records, count in counts.items():
            self.assertEqual(records.search_count([]), count)

    def test_deleted_presets_stay_deleted(self):
        """With all that they are made of; nothing else misses them."""
        template = self.env.ref(
            "supplier_evaluation.supplier_scorecard_template_software"
        )
        questionnaire = template.questionnaire_id
        program = self.env.ref(
            "supplier_evaluation.supplier_certification_program_standard"
        )
        deleted = [template, questionnaire, program]
        for record in deleted:
            record.unlink()
        self._update()
        for record in deleted:
            self.assertFalse(record.exists())
        for name in (
            "supplier_scorecard_template_software",
            "supplier_questionnaire_software",
            "supplier_questionnaire_question_software_1",
            "supplier_certification_program_standard",
        ):
            with self.subTest(name=name):
                self.assertFalse(
                    self.env.ref(
                        f"supplier_evaluation.{name}", raise_if_not_found=False
                    )
                )


@tagged("post_install", "-at_install")
class TestSentences(TransactionCase):
    """What presets say changes once, and not where somebody wrote otherwise."""

    def _replaced(self, text, former, present):
        """The text of a preset after each of two upgrades."""
        kpi = self.env.ref("supplier_evaluation.supplier_kpi_otd")
        kpi.description = text
        found = []
        for _time in range(2):
            sentences = {("otd", "description"): (former, present)}
            replace_sentences(self.env.cr, kpi.browse(), sentences)
            found.append(kpi.description)
        return found

    def test_sentences_of_all_kinds(self):
        for text, former, present, wanted in (
            (
                "Some. Old words. More.",
                "Old words.",
                "New ones.",
                "Some. New ones. More.",
            ),
            (
                *("Old words. More.", "Old words.", "Old words. Or new."),
                "Old words. Or new. More.",
            ),
            ("All old words.", "All old words.", "old words.", "old words."),
            ("My own text.", "Old words.", "New ones.", "My own text."),
        ):
            with self.subTest(present=present):
                self.assertEqual(self._replaced(text, former, present), [wanted] * 2)

    def test_translations_and_others_stay(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        kpi = self.env.ref("supplier_evaluation.supplier_kpi_otd")
        other = self.env.ref("supplier_evaluation.supplier_kpi_otif")
        kpi.with_context(lang="fr_FR").description = "Anciens mots."
        other.description = "Old words."
        found = self._replaced("Old words.", "Old words.", "New ones.")
        self.assertEqual(found[1], "New ones.")
        self.assertEqual(kpi.with_context(lang="fr_FR").description, "Anciens mots.")
        self.assertEqual(other.description, "Old words.")
