"""What a manager changed by hand, and waits for somebody else to publish."""

from __future__ import annotations

from odoo import Command

# Who evaluates together, and for which department.
TEAM = {"buyer": "purchasing", "quality": "quality", "warehouse": "logistics"}
# Of whom a late line is left out, and of whom an answer is decided otherwise.
LEFT_OUT = "Perhaps Motors"
OVERRIDDEN = ("Twoday Fasteners", "response_rate", 80)


class Trusting:
    """One company's last month, taken apart once more.

    :param following: who acts in the company
    """

    def __init__(self, following):
        self.following = following
        self.env = following.env
        self.words = following.words
        self.manager = following.people["manager"]

    def agree(self):
        """A team is named; a manager changes two things, which nobody has published."""
        run = self._last_published()
        if not run:
            return
        self._name_team(run.template_id)
        self._leave_out(run)
        run._check_sources()
        self._override(self._revise(run))
        self._seal()

    def _seal(self):
        """What the scheduled action does every few minutes."""
        blocks = self.env["supplier.chain.block"].sudo()
        while blocks._seal_next():
            pass

    def _as_manager(self, records):
        return records.with_env(self.env).with_user(self.manager)

    def _last_published(self):
        return self.env["supplier.evaluation"].search(
            [
                ("state", "=", "published"),
                ("company_id", "=", self.following.company.id),
            ],
            order="date_to desc",
            limit=1,
        )

    def _name_team(self, template):
        template.write(
            {
                "leader_id": self.manager.id,
                "minimum_departments": 2,
                "member_ids": [
                    Command.create(
                        {
                            "user_id": self.following.people[name].id,
                            "department": department,
                        }
                    )
                    for name, department in TEAM.items()
                ],
            }
        )

    def _leave_out(self, run):
        """A line that was late because of us does not count."""
        facts = self.env["supplier.delivery.fact"]
        latest = facts._with_fact_scope(run._run_scope()).search(
            [
                ("partner_id", "=", self.following.partners[LEFT_OUT].id),
                ("exclusion", "=", False),
                ("days_late", ">", 0),
            ],
            order="days_late desc, id",
            limit=1,
        )
        left_out = latest._records_left_out().get("purchase.order.line", ())
        line = self.env["purchase.order.line"].browse(left_out)
        why = self.words("Our dock was closed for two days: the lorry was sent away.")
        name = self.words("Note of the warehouse")
        evidence = self._as_manager(self.env["ir.attachment"]).create(
            {"name": f"{name}.txt", "raw": why.encode()}
        )
        if line:
            self._as_manager(line)._set_supplier_exclusion(
                "responsibility", why, evidence
            )

    def _revise(self, run):
        revision = self.env["supplier.evaluation"].browse(
            self._as_manager(run).action_revise()["res_id"]
        )
        self._as_manager(revision).cutoff = run.cutoff
        self._as_manager(revision).action_compute()
        return revision

    def _override(self, revision):
        name, code, score = OVERRIDDEN
        why = self.words(
            "Our mail server was down: the answers came, and we did not see them."
        )
        line = self.env["supplier.scorecard.line"].search(
            [
                ("scorecard_id.evaluation_id", "=", revision.id),
                ("partner_id", "=", self.following.partners[name].id),
                ("kpi_id.code", "=", code),
                ("has_value", "=", True),
            ]
        )
        self._as_manager(line).write(
            {
                "is_overridden": True,
                "override_score": score,
                "override_reason": why,
            }
        )
