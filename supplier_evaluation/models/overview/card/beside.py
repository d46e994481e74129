from odoo import fields, models
from odoo.tools.misc import format_date

from ....tools.numbers import number
from ....tools.wording import label_of
from ...certification.status import HELD
from ...incident.supplier_incident import CLOSED

# Of each kind; a button opens all of them.
SHOWN = 5


class SupplierScorecard(models.Model):
    """What else is known of the supplier now: incidents, documents, certificates."""

    _inherit = "supplier.scorecard"

    def _beside(self):
        return {
            "incidents": self._incidents_beside(),
            "documents": self._documents_beside(),
            "certifications": self._certifications_beside(),
            "questions": self._questions_beside(),
        }

    def _certification_badge(self):
        """Return how the supplier is certified today, in words; "" if it never was."""
        partner = self._supplier_here()
        state = partner.supplier_certification_state
        if not state or state == "none":
            return ""
        return label_of(partner, "supplier_certification_state")

    def _of_supplier(self, name, domain, order=None):
        """Return the newest records of a model about the supplier, and their number.

        :param str name: of the model
        :param domain: which of its records, as a list
        """
        records = self.env[name]
        field = "commercial_partner_id"
        if field not in records._fields:
            field = "partner_id"
        domain = [
            (field, "=", self.partner_id.id),
            ("company_id", "in", [self.company_id.id, False]),
            *domain,
        ]
        found = records.search(domain, limit=SHOWN, order=order)
        count = len(found)
        if count == SHOWN:
            count = records.search_count(domain)
        return found, count

    def _incidents_beside(self):
        incidents, count = self._of_supplier(
            "supplier.incident", [("state", "not in", CLOSED)], "date_due, id"
        )
        today = fields.Date.context_today(self)
        return {
            "count": count,
            "records": [
                {
                    "id": incident.id,
                    "name": incident.title,
                    "note": label_of(incident, "severity"),
                    "due": self._day(incident.date_due),
                    "is_late": bool(incident.date_due and incident.date_due < today),
                }
                for incident in incidents
            ],
        }

    def _documents_beside(self):
        documents, count = self._of_supplier("supplier.document", [])
        return {
            "count": count,
            "records": [
                {
                    "id": document.id,
                    "name": document.type_id.name,
                    "note": label_of(document, "state"),
                    "due": self._day(document.date_to),
                    "is_late": document.state == "expired",
                }
                for document in documents
            ],
        }

    def _certifications_beside(self):
        certifications, count = self._of_supplier("supplier.certification", [])
        return {
            "count": count,
            "records": [
                {
                    "id": certification.id,
                    "name": certification.program_id.name,
                    "note": label_of(certification, "state"),
                    "due": self._day(
                        certification.date_to if certification.state in HELD else False
                    ),
                    "is_late": False,
                }
                for certification in certifications
            ],
        }

    def _questions_beside(self):
        """Return what reviewers answered to each question, and how far apart they are.

        :return: the worst question first; 0 is the worst answer, 10 the best
        """
        return [
            {
                "name": name,
                "mean": sum(given) / len(given),
                "low": min(given),
                "high": max(given),
                "text": self._spread(given),
            }
            for name, given in self._answers_by_question()
        ]

    def _spread(self, given):
        names = {
            "mean": number(self.env, sum(given) / len(given)),
            "low": number(self.env, min(given)),
            "high": number(self.env, max(given)),
            "count": len(given),
        }
        if len(given) == 1:
            return self.env._("%(mean)s of 10, by one person", **names)
        return self.env._(
            "%(mean)s of 10, by %(count)s people: from %(low)s to %(high)s", **names
        )

    def _day(self, day):
        return format_date(self.env, day) if day else ""
