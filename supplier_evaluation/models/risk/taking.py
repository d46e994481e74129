from odoo import api, models

from ...tools.wording import label_of, listed
from .kinds import KINDS, RANKS, RATING, SEVERITIES
from .rows import Refused, RowReader, Suppliers, supplier_names

CHECK = "supplier.risk.check"
# The kind of a row that says that the source was looked at, and nothing else.
CHECKED = "checked"
# Of the exchange, it says the system and the kind, too.
REFERENCE = 500


class SupplierRiskSignal(models.Model):
    """How rows of registers and agencies become signals; see :meth:`take_rows`.

    A row of the kind ``checked`` is no signal: it says that the source was looked at.
    """

    _inherit = "supplier.risk.signal"

    @api.model
    def _intake_keys(self):
        return {
            "reference": (
                self.env._("Reference"),
                self.env._("The number by which the source knows it. Not of look-ups."),
                True,
            ),
            "partner_id": (
                self.env._("Supplier ID"),
                self.env._("The id of the contact in Odoo."),
                False,
            ),
            "supplier": (
                self.env._("Supplier"),
                self.env._("Registry number, tax id, reference or exact name."),
                True,
            ),
            "kind": (
                self.env._("Kind"),
                self.env._(
                    "One of: %s. Or “checked”: the source was looked at.",
                    listed(self.env, (name for name, _label in KINDS)),
                ),
                True,
            ),
            "name": (self.env._("What Happened"), self.env._("In a few words."), True),
            "date": (self.env._("Date"), self.env._("As 2026-03-31."), True),
            "date_end": (
                self.env._("Ended On"),
                self.env._("Empty while it lasts."),
                False,
            ),
            "severity": (
                self.env._("Severity"),
                self.env._(
                    "One of: %s. Empty: proposed by the kind.",
                    listed(self.env, (name for name, _label in SEVERITIES)),
                ),
                False,
            ),
            "rating": (
                self.env._("Rating"),
                self.env._("Of credit ratings: AA-, Baa1, 72."),
                False,
            ),
            "amount": (self.env._("Amount"), self.env._("Digits and a point."), False),
            "currency": (
                self.env._("Currency"),
                self.env._("Three letters. Empty: your company's."),
                False,
            ),
            "description": (
                self.env._("Description"),
                self.env._("What the source says."),
                False,
            ),
            "link": (self.env._("Link"), self.env._("Begins with https://"), False),
            "looked_for": (
                self.env._("Looked For"),
                self.env._("Of look-ups: legal, environment, or both with a comma."),
                False,
            ),
        }

    # ------------------------------------------------------------
    # A row
    # ------------------------------------------------------------

    @api.model
    def _intake_reader(self, source, rows, company):
        reader = RowReader(self.env, self._intake_keys())
        suppliers = Suppliers(self.env, company, *supplier_names(rows))
        currencies = {one.name: one for one in self.env["res.currency"].search([])}
        kinds = [
            *self._fields["kind"]._description_selection(self.env),
            (CHECKED, self.env._("Checked")),
        ]
        ratings = self.env["supplier.risk.rating"]._by_key()

        def read(row):
            reader.check_keys(row)
            if not row.get("partner_id"):
                reader.needed(row, "supplier")
            supplier = suppliers.of(
                row.get("partner_id"), reader.text(row, "supplier") or ""
            )
            reader.needed(row, "kind")
            kind = reader.choice(row, "kind", kinds)
            reader.needed(row, "date")
            common = {
                "company_id": company.id,
                "partner_id": supplier.id,
                "source": source,
                "date": reader.day(row, "date"),
            }
            if kind == CHECKED:
                return CHECK, {**common, **self._check_vals(reader, row)}
            return self._name, {
                **common,
                **self._signal_vals(reader, row, kind, currencies, company, ratings),
            }

        return read

    def _check_vals(self, reader, row):
        """Return what a row says of a look-up."""
        texts = str(reader.needed(row, "looked_for")).replace("，", ",").split(",")
        aspects = [
            ("legal", self.env._("Lawsuits and Penalties")),
            ("environment", self.env._("Environment")),
        ]
        found = {
            reader.choice({"looked_for": text}, "looked_for", aspects)
            for text in texts
            if text.strip()
        }
        vals = {
            "has_legal": "legal" in found,
            "has_environment": "environment" in found,
        }
        if note := reader.text(row, "name"):
            vals["note"] = note
        return vals

    def _signal_vals(self, reader, row, kind, currencies, company, ratings):
        """Return what a row says of a signal; of absent keys, nothing."""
        for key in ("reference", "name"):
            reader.needed(row, key)
        vals = {
            "external_ref": reader.text(row, "reference", REFERENCE),
            "kind": kind,
            "name": reader.text(row, "name"),
        }
        if "date_end" in row:
            vals["date_end"] = reader.day(row, "date_end")
        severities = self._fields["severity"]._description_selection(self.env)
        if severity := reader.choice(row, "severity", severities):
            vals["severity"] = severity
        if "description" in row:
            vals["description"] = reader.text(row, "description", 10_000)
        if "link" in row:
            vals["link"] = reader.text(row, "link", 2_000)
        if "rating" in row or kind == RATING:
            vals["rating"] = reader.text(row, "rating")
            self._check_read(reader, row, kind, ratings)
        if "amount" in row:
            vals["amount"] = reader.number(row, "amount") or 0.0
            vals["currency_id"] = self._currency(reader, row, currencies, company).id
        return vals

    def _check_read(self, reader, row, kind, ratings):
        """Refuse a rating that nobody knows, before the others wait for it."""
        if kind == RATING:
            text = str(reader.needed(row, "rating")).strip()
            found, _score = self.env["supplier.risk.rating"]._read(text, ratings)
            if not found:
                # Named as any other choice is.
                names = [(name, name) for name in ratings]
                reader.choice(row, "rating", names)

    def _currency(self, reader, row, currencies, company):
        code = (reader.text(row, "currency") or company.currency_id.name).upper()
        if code not in currencies:
            names = [(name, name) for name in sorted(currencies)]
            reader.choice({"currency": code}, "currency", names)
        return currencies[code]

    # ------------------------------------------------------------
    # What is there
    # ------------------------------------------------------------

    @api.model
    def _intake_key(self, vals):
        return vals["external_ref"]

    @api.model
    def _intake_known(self, vals_list):
        found = self.with_context(active_test=False).search(
            [
                ("company_id", "=", vals_list[0]["company_id"]),
                ("source", "=", vals_list[0]["source"]),
                ("external_ref", "in", [vals["external_ref"] for vals in vals_list]),
            ]
        )
        return {one.external_ref: one for one in found}

    @api.model
    def _intake_new(self, vals_list):
        """Who buys from a supplier owns what is heard of it; else nobody does yet."""
        suppliers = self.env["res.partner"].browse(
            {vals["partner_id"] for vals in vals_list}
        )
        buyers = {one.id: one.buyer_id.id for one in suppliers}
        return [
            {"user_id": buyers[vals["partner_id"]], **vals}
            for vals in super()._intake_new(vals_list)
        ]

    def _intake_changes(self, vals):
        """What a person decided on is theirs.

        The severity stays as somebody set it, unless the source says it worse. What is
        closed stays as it is, unless it got worse: then it is taken up again.

        :raises Refused: it was of another kind so far
        """
        changes = super()._intake_changes(vals)
        if "kind" in changes:
            raise Refused(
                self.env._(
                    "“%(reference)s” is here as: %(kind)s.",
                    reference=self.external_ref or self.name,
                    kind=label_of(self, "kind"),
                ),
                self.env._("Send what is of another kind with a reference of its own."),
            )
        changes = self._with_severity(changes)
        rank = RANKS[changes.get("severity", self.severity)]
        if self.state == "false_alarm":
            return {}
        if self.state == "closed" and rank <= RANKS[self.severity]:
            return {}
        return changes

    def _with_severity(self, changes):
        """Return changes with the severity that is right after them.

        It becomes milder only with the rating that it was proposed by.
        """
        changes = dict(changes)
        said = {changes.pop("severity", None) or "low"}
        if "rating" in changes:
            said.add(self._severity_of_text(changes["rating"]))
        if "rating" not in changes or self.severity != self._severity_of_rating():
            said.add(self.severity)
        worst = max(said, key=RANKS.get)
        if "rating" in changes or worst != self.severity:
            # Of a rating told in any case: else it would be proposed anew.
            changes["severity"] = worst
        return changes

    def _intake_write(self, changes):
        """What gets worse at its source is taken up again, though it was closed."""
        if self.state == "closed":
            self._set_open()
        return super()._intake_write(changes)
