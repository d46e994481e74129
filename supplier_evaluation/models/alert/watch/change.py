from odoo import api, fields, models
from odoo.tools import SQL

from ....tools.wording import label_of
from ...certification.status import LOST
from ..seen import Seen

CHANGES = [
    ("grade", "Of the Grade"),
    ("tier", "Of the Tier"),
    ("stage", "Of the Stage"),
    ("certification", "Of a Certification"),
]


class SupplierAlertRule(models.Model):
    """A change: of a grade until it is back, of all else until somebody saw to it."""

    _inherit = "supplier.alert.rule"

    change = fields.Selection(CHANGES, default="grade", required=True)
    direction = fields.Selection(
        [("worse", "For the Worse"), ("better", "For the Better"), ("any", "Any")],
        default="worse",
        required=True,
        help="A certification changes for the worse when it is suspended, revoked, "
        "rejected or has expired. A tier or a stage by its place in the list.",
    )

    @api.model
    def _watched_fields(self):
        return [*super()._watched_fields(), "change", "direction"]

    def _problem_change(self):
        return False

    def _lasts(self):
        # A grade is what it is; where a supplier was moved to is what somebody did.
        moved = self.watch == "change" and self.change != "grade"
        return moved or super()._lasts()

    def _sentence_change(self):
        texts = {
            ("grade", "worse"): self.env._("Opens an alert when a grade falls."),
            ("grade", "better"): self.env._("Opens an alert when a grade rises."),
            ("grade", "any"): self.env._("Opens an alert when a grade changes."),
            ("tier", "worse"): self.env._(
                "Opens an alert when a supplier is moved to a lower tier."
            ),
            ("tier", "better"): self.env._(
                "Opens an alert when a supplier is moved to a higher tier."
            ),
            ("tier", "any"): self.env._("Opens an alert when a tier changes."),
            ("stage", "worse"): self.env._(
                "Opens an alert when a supplier is moved back or off the path."
            ),
            ("stage", "better"): self.env._(
                "Opens an alert when a supplier is moved on."
            ),
            ("stage", "any"): self.env._("Opens an alert when a stage changes."),
            ("certification", "worse"): self.env._(
                "Opens an alert when a certification is lost."
            ),
            ("certification", "better"): self.env._(
                "Opens an alert when a supplier is certified."
            ),
            ("certification", "any"): self.env._(
                "Opens an alert when a certification changes its state."
            ),
        }
        return texts[self.change, self.direction]

    def _see_change(self, companies, now, since):
        return getattr(self, f"_see_change_{self.change}")(companies, now, since)

    # ------------------------------------------------------------
    # Grades
    # ------------------------------------------------------------

    def _see_change_grade(self, companies, now, _since):
        """Compare the last two published evaluations of each template."""
        histories = self.env["supplier.evaluation"]._published_histories(
            companies,
            [
                ("date_to", "<=", now.date()),
                ("template_id.sets_vendor_score", "=", True),
            ],
        )
        compared = [own[:2] for own in histories.values() if len(own) > 1]
        pairs = [own.ids for own in compared]
        if not pairs:
            return []
        self.env["supplier.scorecard"].flush_model()
        self.env["supplier.grade"].flush_model()
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT card.id, card.evaluation_id AS run,
                       card.company_id, card.partner_id, card.provisional,
                       grade.name->>%(lang)s AS name, grade.name->>'en_US' AS name_en,
                       earlier.name->>%(lang)s AS before,
                       earlier.name->>'en_US' AS before_en,
                       grade.min_score, earlier.min_score AS min_before
                  FROM UNNEST(%(newest)s, %(former)s) AS pair (newest, former)
                  JOIN supplier_scorecard card ON card.evaluation_id = pair.newest
                  JOIN supplier_scorecard last
                    ON last.evaluation_id = pair.former
                   AND last.partner_id = card.partner_id
                  JOIN supplier_grade grade ON grade.id = card.grade_id
                  JOIN supplier_grade earlier ON earlier.id = last.grade_id
                 WHERE grade.id != earlier.id
                   AND (%(provisional)s
                        OR NOT (COALESCE(card.provisional, FALSE)
                                OR COALESCE(last.provisional, FALSE)))
                """,
                lang=self.env.lang or "en_US",
                newest=[newest for newest, _former in pairs],
                former=[former for _newest, former in pairs],
                provisional=self.with_provisional,
            )
        )
        newest = self.env["supplier.evaluation"].union(*(own[0] for own in compared))
        earlier = newest._cards_before()
        return [
            Seen(
                row["company_id"],
                row["partner_id"],
                res_model="supplier.scorecard",
                res_ids=(row["id"],),
                earlier_ids=earlier.get((row["run"], row["partner_id"]), ()),
                provisional=bool(row["provisional"]),
                text=self.env._(
                    "Grade %(grade)s after %(before)s",
                    grade=row["name"] or row["name_en"],
                    before=row["before"] or row["before_en"],
                ),
            )
            for row in rows
            if self._goes(row["min_score"] - row["min_before"])
        ]

    def _goes(self, difference):
        """Whether a step up (or down, where it is negative) is watched."""
        if self.direction == "any":
            return True
        return difference < 0 if self.direction == "worse" else difference > 0

    # ------------------------------------------------------------
    # What somebody did, from the registers
    # ------------------------------------------------------------

    def _happened(self, model, companies, now, since, partner="partner_id"):
        """Return the rows of a register since an instant, the newest last."""
        return self.env[model].search(
            [
                ("company_id", "in", companies.ids),
                ("date", ">", since or now),
                ("date", "<=", now),
                (partner, "!=", False),
            ],
            order="date, id",
        )

    def _see_change_tier(self, companies, now, since):
        rows = self._happened("supplier.tier.change", companies, now, since)
        # The first tier in the list is the highest.
        return [
            self._seen_move(row, row.tier_from_id, row.tier_to_id)
            for row in rows
            if row.tier_from_id
            and self._goes(row.tier_from_id.sequence - row.tier_to_id.sequence)
        ]

    def _see_change_stage(self, companies, now, since):
        rows = self._happened("supplier.stage.change", companies, now, since)
        return [
            self._seen_move(row, row.stage_from_id, row.stage_to_id)
            for row in rows
            if row.stage_from_id
            and self._goes(
                -1
                if row.stage_to_id.is_exit
                else row.stage_to_id.sequence - row.stage_from_id.sequence
            )
        ]

    def _seen_move(self, row, before, after):
        return Seen(
            row.company_id.id,
            row.partner_id.id,
            res_model=row._name,
            res_ids=(row.id,),
            text=self.env._(
                "From %(before)s to %(after)s",
                before=before.name or "–",
                after=after.name or "–",
            ),
        )

    def _see_change_certification(self, companies, now, since):
        rows = self._happened(
            "supplier.certification.transition",
            companies,
            now,
            since,
            partner="certification_id.partner_id",
        )
        watched = {
            "worse": set(LOST),
            "better": {"certified"},
            "any": set(rows.mapped("state_to")),
        }[self.direction]
        return [
            Seen(
                row.company_id.id,
                row.certification_id.partner_id.id,
                res_model="supplier.certification",
                res_ids=row.certification_id.ids,
                text=self.env._(
                    "%(certification)s: %(state)s",
                    certification=row.certification_id.name,
                    state=label_of(row, "state_to"),
                ),
            )
            for row in rows
            if row.state_to in watched
        ]
