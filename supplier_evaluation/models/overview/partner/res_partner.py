from odoo import api, models
from odoo.exceptions import AccessError

from ....tools.actions import open_dialog, open_form, open_records
from ....tools.groups import USER_GROUP
from .chips import chips_of
from .dossier import Dossier
from .history import bands_of, breaks_of, history_of
from .lists import goods_of, lists_of
from .paying import late_bills_of
from .risks import risks_of, steps_of
from .scores import dimensions_of, findings_of, marks_of
from .timeline import timeline_of


class ResPartner(models.Model):
    """A supplier from all sides: what its form, and the page for a visit, show."""

    _inherit = "res.partner"

    @api.readonly
    def retrieve_360(self):
        """Return everything that the form of a vendor shows at a glance.

        It is about the company that the user works in. The number of statements does
        not depend on how much there is.

        :return: dict of ``chips``, ``history``, ``bands``, ``breaks``, ``marks``,
            ``since``, ``until``, ``dimensions``, ``findings``, ``risks``, ``steps``,
            ``timeline``, ``goods`` and ``lists``: see the functions of these names
        :raises AccessError: the user may not see how suppliers are evaluated
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group(USER_GROUP):
            raise AccessError(
                self.env._("You may not see how suppliers are evaluated.")
            )
        dossier = Dossier(self)
        return {
            "id": dossier.partner.id,
            "chips": chips_of(dossier),
            "history": history_of(dossier),
            "bands": bands_of(dossier),
            "breaks": breaks_of(dossier),
            "marks": marks_of(dossier),
            "since": dossier.since.isoformat(),
            "until": dossier.today.isoformat(),
            "dimensions": dimensions_of(dossier),
            "findings": findings_of(dossier),
            "card_id": dossier.card.id,
            "risks": risks_of(dossier),
            "steps": steps_of(dossier),
            "timeline": timeline_of(dossier),
            "goods": goods_of(dossier),
            "lists": lists_of(dossier),
        }

    # ------------------------------------------------------------
    # What is behind a mark
    # ------------------------------------------------------------

    def action_open_supplier_open_incidents(self):
        """Open the incidents of the vendor that are not resolved."""
        self.ensure_one()
        return self.env["supplier.incident"]._action_list(
            [("id", "in", Dossier(self).open_incidents.ids)], partner_id=self.id
        )

    def action_open_supplier_orders(self):
        """Open the orders to the vendor in this company."""
        self.ensure_one()
        return open_records(
            self.env,
            "purchase.purchase_rfq",
            [
                ("partner_id", "child_of", self.commercial_partner_id.id),
                ("company_id", "=", self.env.company.id),
            ],
            name=self.env._("Orders"),
        )

    def action_open_supplier_open_lines(self):
        """Open the order lines that are late or about to be."""
        self.ensure_one()
        return open_records(
            self.env,
            "purchase.action_purchase_history",
            [("id", "in", Dossier(self).open_lines.ids)],
            name=self.env._("Late or due"),
        )

    def action_open_late_payments(self):
        """Open the bills of the vendor that we paid late."""
        self.ensure_one()
        _paid, late, _days = late_bills_of(Dossier(self))
        return open_records(
            self.env,
            "supplier_evaluation.supplier_payment_fact_action",
            [("id", "in", late.ids)],
            name=self.env._("Bills Paid Late"),
        )

    def action_open_supplier_single_sources(self):
        """Open the products that nobody else sells."""
        self.ensure_one()
        return open_records(
            self.env,
            "supplier_evaluation.supplier_source_action",
            [
                ("partner_id", "=", self.commercial_partner_id.id),
                ("company_id", "=", self.env.company.id),
                ("source_count", "=", 1),
            ],
        )

    def action_open_supplier_overrides(self):
        """Open who let orders to the vendor pass, and until when."""
        self.ensure_one()
        return open_records(
            self.env,
            "supplier_evaluation.supplier_purchase_override_action",
            [("commercial_partner_id", "=", self.commercial_partner_id.id)],
        )

    # ------------------------------------------------------------
    # Next steps
    # ------------------------------------------------------------

    def action_override_supplier_policies(self):
        """Ask an approver why and until when orders to the vendor pass."""
        self.ensure_one()
        return open_dialog(
            "supplier.purchase.override.wizard",
            self.env._("Override Purchase Policies"),
            {
                "partner_id": self.commercial_partner_id.id,
                "company_id": self.env.company.id,
            },
        )

    def action_add_supplier_document(self):
        """Open a new document, of the first type that is missing."""
        self.ensure_one()
        missing = Dossier(self).requirements.filtered(lambda one: not one.is_valid)
        return open_form(
            "supplier.document",
            self.env._("Add Document"),
            {
                "partner_id": self.commercial_partner_id.id,
                "type_id": missing[:1].type_id.id,
            },
        )

    def action_certify_supplier(self):
        """Open a new certification of the vendor."""
        self.ensure_one()
        return open_form(
            "supplier.certification",
            self.env._("Certify"),
            {"partner_id": self.commercial_partner_id.id},
        )

    def action_report_supplier_incident(self):
        """Open a new incident about the vendor."""
        self.ensure_one()
        return self.env["supplier.incident"]._action_report(partner_id=self.id)

    def action_new_supplier_order(self):
        """Open a new request for quotation to the vendor."""
        self.ensure_one()
        return open_form(
            "purchase.order",
            self.env._("New Request for Quotation"),
            {"partner_id": self.id},
        )

    def action_print_supplier_visit(self):
        """Print the page that one takes along to the vendor."""
        report = self.env.ref("supplier_evaluation.action_report_supplier_visit")
        return report.report_action(self)
