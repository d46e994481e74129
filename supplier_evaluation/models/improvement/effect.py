from markupsafe import escape

from odoo import api, fields, models

from ...tools.wording import labelled, listed

# Which field is changed by what.
PLACES = {"share": "sequence", "minimum": "min_qty"}


class SupplierIncentive(models.Model):
    """What is applied in Odoo, and put back exactly as it was."""

    _inherit = "supplier.incentive"

    def _apply(self):
        for incentive in self:
            own = incentive.sudo()
            effect = getattr(own, f"_apply_{own.kind}", None)
            changes, note = effect() if effect else ([], own.description)
            own._step(
                "applied",
                rows={own.id: changes},
                date_applied=fields.Datetime.now(),
                note=note,
            )

    def _undo(self, reason):
        """Put back each value that is still the one that was written."""
        for incentive in self:
            own = incentive.sudo()
            rows = own.change_ids.filtered(
                lambda row: row.action == "applied" and row.field_name
            )
            changes = [own._put_back(row) for row in rows]
            own._step("undone", rows={own.id: changes}, reason=reason)
            if own.kind == "preferred":
                own._prefer(own._is_preferred_still())

    def _is_preferred_still(self):
        """Whether another action that is in force prefers the supplier, too."""
        return bool(
            self.search_count(
                [
                    ("partner_id", "=", self.partner_id.id),
                    ("company_id", "=", self.company_id.id),
                    ("kind", "=", "preferred"),
                    ("state", "=", "applied"),
                ],
                limit=1,
            )
        )

    def _put_back(self, row):
        """Write the value of before, unless somebody wrote another one since."""
        record = self.env[row.res_model].browse(row.res_id).exists()
        record = record.with_company(row.company_id)
        values = {
            "what": row.what,
            "res_model": row.res_model,
            "res_id": row.res_id,
            "field_name": row.field_name,
        }
        present = record and record._fields[row.field_name].convert_to_write(
            record[row.field_name], record
        )
        if not record or present != row.value_to or self._is_former_gone(row):
            return {
                **values,
                "action": "left",
                "reason": self.env._("Somebody changed it since, or it is gone."),
            }
        record[row.field_name] = row.value_from
        return {
            **values,
            "action": "undone",
            "text_from": row.text_to,
            "text_to": row.text_from,
            "value_from": row.value_to,
            "value_to": row.value_from,
        }

    @api.model
    def _is_former_gone(self, row):
        """Whether what was there before is a record that was deleted meanwhile."""
        model = self.env[row.res_model]._fields[row.field_name].comodel_name
        if not model or not row.value_from:
            return False
        return not self.env[model].browse(row.value_from).exists()

    def _change(self, record, name, value):
        """Write a value, and return the row of the register that remembers it."""
        field = record._fields[name]

        def stored():
            return field.convert_to_write(record[name], record)

        def text():
            found = record[name]
            return found.display_name if field.relational else str(found)

        before, before_text = stored(), text()
        record[name] = value
        label = field._description_string(self.env)
        return {
            "what": labelled(self.env, record.display_name, label),
            "res_model": record._name,
            "res_id": record.id,
            "field_name": name,
            "text_from": before_text,
            "text_to": text(),
            "value_from": before,
            "value_to": stored(),
        }

    # ------------------------------------------------------------
    # Each kind
    # ------------------------------------------------------------

    def _apply_payment_term(self):
        partner = self.partner_id.with_company(self.company_id)
        row = self._change(
            partner, "property_supplier_payment_term_id", self.payment_term_id.id
        )
        return [row], self.env._(
            "Payment term %(new)s (before: %(old)s).",
            new=self.payment_term_id.name,
            old=row["text_from"] or "–",
        )

    def _apply_share(self):
        """The first on a list of vendors is the one that Odoo orders from."""
        return self._apply_to_price_lists(lambda _one: self.price_sequence)

    def _apply_minimum(self):
        return self._apply_to_price_lists(
            lambda one: one.min_qty * self.minimum_percent / 100
        )

    def _apply_to_price_lists(self, value_of):
        name = PLACES[self.kind]
        rows = [
            self._change(one, name, value_of(one))
            for one in self._price_lists()
            if one[name] != value_of(one)
        ]
        return rows, self.env._("Changed on %s price lists.", len(rows))

    def _price_lists(self):
        """Return the supplier's price lists that count in the company."""
        return self.env["product.supplierinfo"].search(
            [
                # Not of its daughters: they have grades of their own.
                ("partner_id.commercial_partner_id", "=", self.partner_id.id),
                ("company_id", "in", [self.company_id.id, False]),
            ]
        )

    def _apply_preferred(self):
        self._prefer(True)
        return [], self.env._("Comes first where vendors are compared.")

    def _prefer(self, value):
        partner = self.partner_id.with_company(self.company_id)
        partner._write_guarded({"supplier_preferred": value})

    def _apply_plan(self):
        """Start a corrective action of the costliest figure, unless one goes on."""
        lines = self.scorecard_id.line_ids.filtered("has_value")
        line = lines.sorted(lambda one: (-(one.loss or 0), one.score))[:1]
        actions = self.env["supplier.corrective.action"]
        if line and (
            going := actions._going_about(self.partner_id, self.company_id, line.kpi_id)
        ):
            return [], self.env._(
                "Corrective action %s goes on already: no other one is started.",
                going.name,
            )
        action = actions._open(
            self.partner_id,
            self.company_id,
            self.description or self.rule_id.name,
            scorecard_line=line or None,
            description=escape(self.description or ""),
        )
        return [], self.env._("Corrective action %s was started.", action.name)

    def _apply_replace(self):
        """Name who else is approved for what the supplier sells."""
        sources = self.env["supplier.source"]
        others = sources._alternatives_to(self.partner_id, self.company_id).partner_id
        if not others:
            return [], self.env._("No other supplier is approved for its products.")
        names = listed(self.env, sorted(others.mapped("name")))
        return [], self.env._("Other approved sources: %s.", names)
