from odoo import models
from odoo.fields import Domain

# From this share on, what is bought is of one kind.
MOST = 0.5
# The template that is switched on when the add-on is installed.
FIRST = "delivery"


class SupplierStart(models.AbstractModel):
    """Second step: what counts, by what is bought."""

    _inherit = "supplier.start"

    def _describe_template(self, records):
        chosen = self._template()
        templates = self._templates()
        preset, reason = self._recommend(records.bought)
        is_done = bool(chosen) and chosen.is_scheduled
        step = self._step(
            self.env._("Template"),
            is_done=is_done,
            now=[self._template_sentence(chosen), self._bought_sentence(records)],
            link=self._link(
                self.env._("Open the Templates"), "supplier_scorecard_template_action"
            ),
        )
        if is_done:
            return step
        return {
            **step,
            "now": [
                *step["now"],
                self.env._(
                    "Proposed is %(template)s: %(reason)s",
                    template=preset.name,
                    reason=reason,
                ),
            ],
            "change": self._template_changes(),
            "options": [
                {
                    "key": template.id,
                    "name": f"{template.name} ({self._period_name(template)})",
                    "text": template.description or "",
                    "is_proposed": template == preset,
                }
                for template in templates
            ],
            "button": self.env._("Use This Template"),
        }

    def _template(self):
        """Return the template that the company begins with, or began with before."""
        company = self.env.company
        chosen = company.supplier_start_template_id
        if chosen.active and chosen.company_id.id in (company.id, False):
            return chosen
        # Somebody began without the guided start.
        newest = self.env["supplier.evaluation"].search(
            [
                ("company_id", "=", company.id),
                ("state", "in", ("published", "superseded")),
                ("template_id.active", "=", True),
            ],
            limit=1,
        )
        return newest.template_id

    def _templates(self):
        """Return what can be chosen: all of the company, and what all share.

        What was copied for the company stands for what it was copied from.
        """
        templates = self._all_templates()
        own = set(templates.filtered("company_id").mapped("name"))
        return templates.filtered(lambda one: one.company_id or one.name not in own)

    def _all_templates(self):
        return self.env["supplier.scorecard.template"].search(
            Domain("company_id", "in", (self.env.company.id, False))
        )

    def _preset(self, key):
        """Return a template that comes with the add-on; an empty one if it is gone."""
        return (
            self.env.ref(
                f"supplier_evaluation.supplier_scorecard_template_{key}",
                raise_if_not_found=False,
            )
            or self.env["supplier.scorecard.template"].browse()
        )

    def _recommend(self, bought):
        """Return the template that fits what is bought, and why in words.

        :param dict bought: see :attr:`Records.bought`
        """
        key, reason = self._fitting(bought)
        preset = self._preset(key)
        found = self._templates().filtered(
            lambda one: one == preset or one.name == preset.name
        )
        return (found or self._templates())[:1], reason

    def _fitting(self, bought):
        """Return the key of the preset that fits, and why in words."""
        lines, goods = bought["lines"], bought["lines"] - bought["services"]
        if not lines:
            return "general", self.env._(
                "nothing was ordered in the last 12 months, so a template for a bit of "
                "everything is a good start."
            )
        if bought["services"] >= MOST * lines:
            return "services", self.env._(
                "most of what is ordered are services, of which no receipt is booked. "
                "For licences and hosting, that of software suppliers fits better."
            )
        if bought["used"] >= MOST * goods:
            return "manufacturing", self.env._("most of the goods go into production.")
        if bought["sold"] >= MOST * goods:
            return "retail", self.env._("most of the goods are sold on as they come.")
        if not (bought["returns"] or bought["documents"] or bought["incidents"]):
            return FIRST, self.env._(
                "there are no returns, incidents and documents yet, so only deliveries "
                "can be judged. Take General later."
            )
        return "general", self.env._("a bit of everything is bought.")

    def _template_sentence(self, chosen):
        if not chosen:
            return self.env._("No template was chosen yet.")
        if not chosen.is_scheduled:
            return self.env._(
                "%s is used, but its periods are not evaluated automatically.",
                chosen.name,
            )
        return self.env._(
            "%(template)s evaluates every period automatically (%(period)s).",
            template=chosen.name,
            period=self._period_name(chosen),
        )

    def _bought_sentence(self, records):
        return self.env._(
            "Order lines of the last 12 months: %(lines)s, of these for services: "
            "%(services)s. Receipts: %(receipts)s, returns: %(returns)s, incidents: "
            "%(incidents)s, documents: %(documents)s.",
            **{
                name: records.bought[name]
                for name in (
                    "lines",
                    "services",
                    "receipts",
                    "returns",
                    "incidents",
                    "documents",
                )
            },
        )

    def _period_name(self, template):
        labels = dict(template._fields["period"]._description_selection(self.env))
        return labels[template.period]

    def _template_changes(self):
        changes = [
            self.env._(
                "The template that you choose is evaluated automatically after every "
                "period."
            )
        ]
        first = self._unused_first()
        if first:
            changes.append(
                self.env._(
                    "%s, which is switched on from the beginning and was never used, "
                    "is switched off if you choose another one.",
                    first.name,
                )
            )
        elif not self._is_only_company():
            changes.append(
                self.env._(
                    "There are several companies: what all of them share is copied for "
                    "this one, and stays as it is for the others."
                )
            )
        return changes

    def _unused_first(self):
        """Return the template that is switched on by itself, if nobody wants it."""
        first = self._preset(FIRST)
        is_idle = first.is_scheduled and not first.sudo().evaluation_count
        return first if is_idle and self._is_only_company() else first.browse()

    def _apply_template(self, choice):
        company = self.env.company
        now = self._template()
        if now and now.is_scheduled and choice in ([], [now.id]):
            company.sudo().supplier_start_template_id = now
            return
        [key] = self._chosen(choice, self._all_templates().ids)[:1]
        template = self.env["supplier.scorecard.template"].browse(key)
        if not template.is_scheduled:
            template = self._of_company(template)
        if not template.is_scheduled:
            template.is_scheduled = True
        (self._unused_first() - template).is_scheduled = False
        company.sudo().supplier_start_template_id = template
