from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.numbers import number
from ...tools.wording import label_of

#: Documents in these states ask the supplier for something.
WANTED = ("missing", "expired", "rejected")
#: A step that waits for the supplier.
TO_ANSWER = ("open", "rejected")


class SupplierPortal(models.AbstractModel):
    """What stands on the pages, read at once for each of them."""

    _inherit = "supplier.portal"

    @api.model
    def _waiting(self):
        """Return how much waits for the supplier, by page.

        :rtype: dict
        """
        wanted = [row for row in self._papers() if row["is_wanted"]]
        return {
            "documents": len(wanted),
            "incidents": self._count("supplier.incident", [("state", "=", "waiting")]),
            "actions": self._count(
                "supplier.corrective.action", self._action_waits_domain()
            ),
            "certifications": self._count(
                "supplier.certification",
                [("state", "=", "draft"), ("answer_ids.is_answered", "=", False)],
            ),
        }

    @api.model
    def _shared(self):
        """Return how much is shared with the supplier to be read, by page.

        :rtype: dict
        """
        return {
            "demand": self._count("supplier.demand"),
            "contracts": self._count("supplier.contract"),
            "meetings": self._count("supplier.meeting"),
        }

    def _action_waits_domain(self):
        return Domain("state", "in", ("open", "verifying")) & Domain(
            "step_ids.state", "in", TO_ANSWER
        )

    # ------------------------------------------------------------
    # Scorecards
    # ------------------------------------------------------------

    @api.model
    def _card(self, card):
        """Return what a supplier sees of one scorecard; see :meth:`_cards`."""
        [shown] = self._cards(card)
        return shown

    @api.model
    def _cards(self, cards):
        """Return what a supplier sees of its scorecards, as plain values.

        :param cards: scorecards, as :meth:`_find` returns them
        """
        disputes = self._find("supplier.dispute", [("scorecard_id", "in", cards.ids)])
        by_line = disputes.grouped("scorecard_line_id")
        return [self._card_values(card, by_line) for card in cards]

    def _card_values(self, card, disputes):
        """Return one scorecard as plain values.

        :param dict disputes: of its lines, by the line
        """
        none = self.env["supplier.dispute"].sudo()
        return {
            "id": card.id,
            "template": card.template_id.name,
            "period": card.period_label,
            "company": card.company_id.name,
            "score": number(self.env, card.score) if card.has_score else None,
            "grade": card.grade_id.name,
            "provisional": card.provisional,
            "revision": card.evaluation_id.revision,
            "trend": card.trend_direction and label_of(card, "trend_direction"),
            "dispute_until": card.evaluation_id._dispute_until(),
            "can_dispute": card.evaluation_id._can_be_disputed(),
            "lines": [
                {**self._line(line), "disputes": disputes.get(line, none)}
                for line in card.line_ids
            ],
        }

    @api.model
    def _line(self, line):
        """Return what a supplier sees of one figure, as plain values."""
        kpi = line.kpi_id
        target = line.target_value
        return {
            "id": line.id,
            "name": kpi.name,
            "description": kpi.description,
            "value": line.value_text,
            "target": "" if target is False else kpi._with_unit(target),
            "score": number(self.env, line.score) if line.has_value else None,
            "weight": line.effective_weight,
            "is_overridden": line.is_overridden,
        }

    # ------------------------------------------------------------
    # Documents
    # ------------------------------------------------------------

    @api.model
    def _papers(self):
        """Return what is asked for, and the documents that there are.

        Each company asks for its own papers; those without a company hold for all.

        :return: list of dicts with ``type``, ``document``, ``company``, ``status``,
            ``label``, ``is_wanted`` and ``can_send``; what is wanted first
        """
        documents = self._find("supplier.document", [("is_superseded", "=", False)])
        rows = [self._document_row(document) for document in documents]
        rows += [
            self._missing_row(fact)
            for fact in self._missing()
            if not self._is_there(fact.type_id, fact.company_id, documents)
        ]
        waiting = documents.filtered(lambda one: one.verification == "to_verify")
        # Nobody sends a second version while one waits, also not of an older one.
        renewed = {document._first() for document in waiting}
        for row in rows:
            document = row["document"]
            row["can_send"] = not document or document._first() not in renewed
            if self._is_there(row["type"], row["company"], waiting):
                row["is_wanted"] = False
        return sorted(
            rows,
            key=lambda row: (
                not row["is_wanted"],
                row["type"].name,
                row["company"].name or "",
            ),
        )

    @api.model
    def _paper(self, type_id, company_id=None, document_id=None):
        """Return the row of papers that somebody sends something for.

        :param int type_id: of documents
        :param int company_id: which asks for it, while there is no document
        :param int document_id: the document that there is
        :raises MissingError: there is no such row
        """
        if document_id:
            document = self._get("supplier.document", document_id)
            return self._document_row(document)
        for row in self._papers():
            if (row["type"].id, row["company"].id) == (type_id, company_id):
                return row
        return self._refuse()

    def _is_there(self, kind, company, documents):
        """Whether one of the documents is of a type, and for a company."""
        return any(
            one.type_id == kind and (not one.company_id or one.company_id == company)
            for one in documents
        )

    def _missing_row(self, fact):
        return {
            "type": fact.type_id,
            "document": self.env["supplier.document"].sudo(),
            "status": "missing",
            "label": label_of(fact, "status"),
            "is_wanted": True,
            "company": fact.company_id,
        }

    def _document_row(self, document):
        state = document.state
        return {
            "type": document.type_id,
            "document": document,
            "status": state,
            "label": label_of(document, "state"),
            "is_wanted": state in (*WANTED, "expiring"),
            "company": document.company_id,
        }

    def _missing(self):
        """Return the requirements for which there is no document at all."""
        facts = self.env["supplier.document.fact"].sudo()
        supplier = self._supplier()
        if not supplier:
            return facts
        return facts.search(
            [
                ("partner_id", "=", supplier.id),
                ("company_id", "in", self._companies().ids),
                ("status", "=", "missing"),
            ]
        )

    # ------------------------------------------------------------
    # Contracts
    # ------------------------------------------------------------

    @api.model
    def _contract(self, contract):
        """Return what a supplier sees of a contract, as plain values.

        How we compare orders with it, and whom it reminds, is for us only.

        :param contract: as :meth:`_get` returns it
        """
        return {
            "number": contract.name,
            "title": contract.title,
            "version": contract.version,
            "company": contract.company_id.name,
            "date_from": contract.date_from,
            "date_to": contract.date_to,
            "date_notice": contract.notice_days and contract.date_notice,
            "payment_term": contract.payment_term_id.name,
            "sharing": contract.sharing,
            "lines": [
                {
                    "name": line.display_name,
                    "price": line.price_today is not False
                    and line._money(line.price_today),
                    "how": line.price_kind == "index" and line.price_text,
                    "unit": line.uom_id.name,
                    "quantity": line.quantity,
                    "lead_time": line.lead_time,
                    "defect_percent": line.defect_percent,
                    "penalty_percent": line.penalty_percent,
                    "penalty_max_percent": line.penalty_max_percent,
                }
                for line in contract.line_ids
            ],
        }

    # ------------------------------------------------------------
    # Meetings
    # ------------------------------------------------------------

    @api.model
    def _meeting(self, meeting):
        """Return what a party sees of a meeting, as plain values.

        :param meeting: as :meth:`_get` returns it
        """
        minutes = meeting._minutes(self._supplier())
        points = self.env["supplier.meeting.point"].sudo()
        points = points.browse(point["id"] for point in minutes["points"])
        files = self._files_of(points)
        for point in minutes["points"]:
            point["files"] = files[point["id"]]
        return minutes

    # ------------------------------------------------------------
    # Announcements
    # ------------------------------------------------------------

    @api.model
    def _announcements(self):
        """Return what is announced to the supplier's tier now, the newest first."""
        supplier, companies = self._supplier(), self._companies()
        announcements = self.env["supplier.announcement"].sudo()
        if not supplier:
            return announcements
        now = fields.Datetime.now()
        return announcements.union(
            *(
                announcements.search(
                    announcements._shown_domain(company, company._supplier_day(now))
                ).filtered(lambda one, own=company: one._concerns(supplier, own))
                for company in companies
            )
        )

    # ------------------------------------------------------------
    # Incidents
    # ------------------------------------------------------------

    @api.model
    def _answers(self, incident):
        """Return what people of the supplier wrote on an incident, the first first.

        What we write there is for us; what the supplier is to know stands on the page.
        """
        messages = self.env["mail.message"].sudo()
        found = messages.search(
            [
                ("model", "=", incident._name),
                ("res_id", "=", incident.id),
                ("message_type", "in", ("email", "comment")),
                ("is_internal", "=", False),
            ],
            order="id",
        )
        supplier = self._supplier()
        return found.filtered(
            lambda one: one.author_id.commercial_partner_id == supplier
        )
