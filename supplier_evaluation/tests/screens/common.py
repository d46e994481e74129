"""What a walk through the screens needs: records, and the way to each place."""

import json
from datetime import date, datetime
from importlib.resources import files

from odoo.tests import HttpCase

from ..access import AccessCommon
from ..gate.common import PurchaseGateCommon

READY = "window.supplierWalk && document.querySelector('.o_view_controller')"
APRIL = {
    "date_from": date(2026, 4, 1),
    "date_to": date(2026, 4, 30),
    "cutoff": datetime(2026, 5, 4, 16, 0),
}
FORM = ".o_form_view .o_form_renderer"
DIALOG = ".modal .o_form_renderer"


def axe():
    """Return the source of axe-core."""
    return files("axe_core_python").joinpath("axe.min.js").read_text()


class WalkCommon(AccessCommon, PurchaseGateCommon, HttpCase):
    """A manager opens every menu of the app, with one record of each model at least."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._incident("Rust", date_due="2026-03-20", severity="critical")
        cls._make_cards()
        cls._block_stage()
        cls.blocked_order = cls._draft(user=cls.people["manager"])
        cls.env["product.supplierinfo"].create(
            {
                "partner_id": cls.supplier.id,
                "product_tmpl_id": cls.product.product_tmpl_id.id,
                "price": 7,
                "company_id": cls.company.id,
            }
        )

    @classmethod
    def _make_cards(cls):
        """Two suppliers to compare: one with a month before, one that comes late."""
        for partner, day in ((cls.supplier, "10"), (cls.bad_supplier, "14")):
            for _index in range(3):
                line = cls._order(
                    10, 5, "2026-04-10", confirmed="2026-04-01", partner=partner
                )
                cls._receive(line, f"2026-04-{day}")
        evaluation = cls._evaluate(**APRIL)
        evaluation.action_publish()
        cls.cards = evaluation.scorecard_ids
        # What is published is not overridden.
        spring = {**APRIL, "date_from": date(2026, 3, 1)}
        cls.open_card = cls._evaluate(**spring).scorecard_ids[0]

    def _walk(self, script="", **options):
        """Walk, with a script that is loaded before; see supplier_walk.esm.js."""
        manager = self.people["manager"]
        root = self.env.ref("supplier_evaluation.supplier_root_menu")
        menus = self.env["ir.ui.menu"].with_user(manager)
        entries = menus.search(
            [
                ("id", "child_of", root.id),
                ("id", "!=", root.id),
                ("action", "!=", False),
            ]
        )
        self.assertGreater(len(entries), 30)
        self.browser_js(
            "/odoo/supplier-scorecards",
            f"{script}; window.supplierWalk({len(entries)}, {json.dumps(options)})",
            f"Boolean({READY})",
            login=manager.login,
            timeout=300,
        )

    # ------------------------------------------------------------
    # Places
    # ------------------------------------------------------------

    def _main_places(self):
        """The screens that a supplier is judged on, as ``openPlace`` takes them."""
        records = self.records
        return [
            self._place(
                "Overview",
                "supplier_evaluation.supplier_overview_action",
                ".o_supplier_heatmap",
            ),
            self._place(
                "Scorecard",
                self._form(self.cards[0]),
                ".o_supplier_card_table",
                ours=FORM,
            ),
            self._place(
                "Supplier 360", self._form(self.supplier), ".o_supplier_360 h4"
            ),
            self._place(
                "Comparison",
                self._seen(self.cards).action_compare(),
                ".o_supplier_compare_table",
            ),
            *(
                self._place(name, self._form(records[model]), FORM, ours=FORM)
                for name, model in (
                    ("Certification", "supplier.certification"),
                    ("Review", "supplier.review"),
                    ("Incident", "supplier.incident"),
                    ("Risk signal", "supplier.risk.signal"),
                    ("Contract", "supplier.contract"),
                )
            ),
        ]

    def _side_places(self):
        """Dialogs, and what drops down."""
        order = self._form(self.blocked_order)
        return [
            self._place(
                "Figure of a scorecard",
                self._form(self.cards[0]),
                ".modal .o_supplier_figure",
                ".o_supplier_card_table .o_data_row button",
            ),
            self._place(
                "Vendors to choose from",
                order,
                ".o-autocomplete--dropdown-menu .o_supplier_choice",
                ".o_field_widget[name=partner_id] input",
            ),
            self._place(
                "Alternatives",
                order,
                ".modal .o_supplier_offer",
                ".o_supplier_gate_block .o_supplier_alternatives",
            ),
            self._place(
                "Override of a purchase policy",
                order,
                f"{DIALOG} [name=reason]",
                "button[name=action_override_supplier_gate]",
                ours=DIALOG,
            ),
            self._place(
                "Override of a score",
                self._form(self.open_card),
                f"{DIALOG} [name=override_score]",
                ".o_supplier_card_table [name=action_override]",
                f"{DIALOG} [name=is_overridden] input",
                ours=DIALOG,
            ),
        ]

    def _form(self, record):
        return self._seen(record).get_formview_action()

    def _seen(self, records):
        """As the manager does, in the own language."""
        lang = self.people["manager"].lang
        return self._as(records, "manager").with_context(lang=lang)

    @staticmethod
    def _place(name, action, shows, *clicks, ours=""):
        return {
            "name": name,
            "action": action,
            "clicks": clicks,
            "shows": shows,
            "ours": ours,
        }
