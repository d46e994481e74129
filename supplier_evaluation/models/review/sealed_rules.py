import re

from odoo import models

# How domains of before 19.0.1.1.0 name the questionnaire: of reviews themselves, and
# on the way from another record.
OF_REVIEWS = re.compile(r"(?<![.\w])template_id(?!\w)")
ON_THE_WAY = re.compile(
    r"(?<!\w)review_template_id(?!\w)"
    r"|((?<=\breview_ids\.)|(?<=\bquestion_id\.))template_id(?!\w)"
)


class SupplierEvaluation(models.Model):
    """What was published before questionnaires had their name can be opened still."""

    _inherit = "supplier.evaluation"

    def _rules_as_computed(self):
        rules = super()._rules_as_computed()
        for rule in rules.values():
            model = rule.get("fact_model", "")
            if not model.startswith("supplier."):
                continue
            domain = ON_THE_WAY.sub("questionnaire_id", rule["domain"])
            if model == "supplier.review":
                domain = OF_REVIEWS.sub("questionnaire_id", domain)
            rule["domain"] = domain
        return rules
