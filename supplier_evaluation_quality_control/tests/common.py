from freezegun import freeze_time

from odoo import Command

from odoo.addons.supplier_evaluation.tests.common import APPROVER, BUYER, MANAGER
from odoo.addons.supplier_evaluation.tests.inspection.common import (
    LENGTH,
    THREAD,
    InspectionCommon,
)

TESTER = "base.group_user,quality_control_oca.group_quality_control_user"
RUST = "Rust"


class QualityCommon(InspectionCommon):
    """A test with the questions of the plan and one more, and people of both apps."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people |= cls._create_people(
            "quality",
            {
                "tester": TESTER,
                "both": f"{BUYER},{TESTER}",
                "chief": f"{APPROVER},{TESTER}",
                "head": f"{MANAGER},{TESTER}",
            },
        )
        cls.qc_test = cls._quality_test("Bolts", cls.company)
        cls.plan.qc_test_id = cls.qc_test
        cls.free = cls._create_product("Free of plans")

    @classmethod
    def _quality_test(cls, name, company):
        answers = [
            Command.create({"name": "None at all", "ok": True}),
            Command.create({"name": "Much", "ok": False}),
        ]
        return cls.env["qc.test"].create(
            {
                "name": name,
                "company_id": company.id,
                "test_lines": [
                    Command.create(
                        {
                            "name": LENGTH.upper(),
                            "type": "quantitative",
                            "min_value": 9.9,
                            "max_value": 10.1,
                            "uom_id": cls.uom_unit.id,
                        }
                    ),
                    *(
                        Command.create(
                            {"name": name, "type": "qualitative", "ql_values": answers}
                        )
                        for name in (THREAD, RUST)
                    ),
                ],
            }
        )

    @classmethod
    def _opened(cls, inspection, user="both"):
        """The quality inspection that a button of an inspection of ours opens."""
        action = cls._as(inspection, user).action_open_quality_test()
        return cls.env["qc.inspection"].browse(action["res_id"])

    @classmethod
    def _check_of(cls, thing, quantity=1, user="tester", **vals):
        """A quality inspection that somebody makes in quality control."""
        checks = cls._as(cls.env["qc.inspection"], user)
        check = checks.create(
            {
                "object_id": f"{thing._name},{thing.id}",
                "qty": quantity,
                "test": cls.qc_test.id,
                "company_id": cls.company.id,
                "inspection_lines": checks._prepare_inspection_lines(cls.qc_test),
                **vals,
            }
        )
        check.action_todo()
        return check.sudo()

    @classmethod
    def _decide(cls, check, rust=False, day="2026-03-11", user="tester", **vals):
        """Answer the questions, the last one badly where there is rust; confirm."""
        own = cls._as(check, user)
        with freeze_time(f"{day} 04:00:00"):
            for line in own.inspection_lines:
                if line.question_type == "quantitative":
                    line.quantitative_value = 10
                else:
                    good, bad = line.possible_ql_values.sorted("ok", reverse=True)
                    line.qualitative_value = bad if rust and line.name == RUST else good
            own.write(vals)
            own.action_confirm()
            if own.state == "waiting":
                own.action_approve()
        cls.env.flush_all()
        return check

    @classmethod
    def _again(cls, check, rust=False, day="2026-03-11", user="tester", **vals):
        """Cancel a quality inspection that is decided, and decide it anew."""
        own = cls._as(check, user)
        own.action_cancel()
        own.action_draft()
        own.action_todo()
        return cls._decide(check, rust, day, user, **vals)

    @classmethod
    def _arrived(cls, quantity=10, product=None):
        """Let goods come that no plan is about, and return their move."""
        line = cls._order(quantity, 10, "2026-03-10", product=product or cls.free)
        cls._receive(line, "2026-03-10")
        return line.move_ids

    @classmethod
    def _inspections(cls, move):
        return cls.env["supplier.inspection"].search(
            [("move_id", "=", move.id)], order="version"
        )

    @classmethod
    def _facts(cls, **scope):
        cls.env.flush_all()
        return cls.env["supplier.inspection.fact"]._with_fact_scope(cls._scope(**scope))
