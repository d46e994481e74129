"""What alert rules take: a night of a hundred of them, and saving beside twenty."""

import time
from statistics import median

from probes import Probe, say

RULES = 100
ON_RECORDS = 20
SAVES = 60
FACTS = "supplier.delivery.fact"


class AlertRules:
    """Rules of every kind on one company; all of it is rolled back.

    :param evaluation: published, so that scores are watched
    """

    def __init__(self, env, company, evaluation):
        self.env = env
        self.company = company
        self.evaluation = evaluation
        env["supplier.alert.rule"].search([("active", "=", True)]).active = False

    def night(self):
        """Look at all rules twice: the first night opens alerts, the next keeps."""
        rules = self._rules()
        figures = {"alert_rules": len(rules)}
        for name in ("first", "next"):
            say(f"A night of {len(rules)} rules, the {name} …")
            self.env.flush_all()
            self.env.invalidate_all()
            statements = []
            started = time.perf_counter()
            for rule in rules:
                with Probe(self.env.cr) as probe:
                    rule._look()
                    self.env.flush_all()
                statements.append(probe.statements)
            figures[f"alerts_{name}_night_s"] = time.perf_counter() - started
            figures[f"alerts_{name}_night_statements"] = max(statements)
        figures["alerts_open"] = self.env["supplier.alert"].search_count(
            [("state", "!=", "resolved")]
        )
        return figures

    def _rules(self):
        """A hundred rules: thresholds differ, so that none opens what another does."""
        kinds = [self._score, self._late, self._complaints, self._papers, self._silent]
        return self.env["supplier.alert.rule"].create(
            [
                {
                    "name": f"Rule {number}",
                    "company_id": self.company.id,
                    "tell_buyer": False,
                    **kinds[number % len(kinds)](number),
                }
                for number in range(RULES)
            ]
        )

    def _score(self, number):
        return {
            "watch": "kpi",
            "template_id": self.evaluation.template_id.id,
            "threshold": 10 + number / 2,
        }

    def _late(self, number):
        return {
            "watch": "records",
            "model_name": FACTS,
            "window_days": 30,
            "record_domain": f"[('days_behind', '>', {10 + number})]",
        }

    def _complaints(self, number):
        return {
            "watch": "count",
            "model_name": "supplier.incident",
            "date_field": "date_opened",
            "window_days": 90,
            "threshold": 2 + number,
        }

    def _papers(self, number):
        return {
            "watch": "date",
            "model_name": "supplier.document",
            "date_field": "date_to",
            "threshold": 1 + number,
        }

    def _silent(self, number):
        return {"watch": "silence", "silence": "order", "threshold": 60 + number}

    def saving(self):
        """Save an order line and an incident with twenty rules on records, and without.

        Taking turns, so that what the machine does besides meets both.
        """
        line = self.env["purchase.order.line"].search(
            [("order_id.state", "=", "purchase")], limit=1
        )
        rules = self.env["supplier.alert.rule"].create(
            [
                {
                    "name": f"Saved {number}",
                    "company_id": self.company.id,
                    **(self._late(number) if number % 2 else self._complaints(number)),
                }
                for number in range(ON_RECORDS)
            ]
        )
        say(f"Saving beside {len(rules)} rules …")
        seconds = {True: [], False: []}
        for turn in range(2 * SAVES):
            is_watched = bool(turn % 2)
            rules.active = is_watched
            self.env.flush_all()
            self._save(line)  # what was forgotten is read again
            started = time.perf_counter()
            self._save(line)
            seconds[is_watched].append(time.perf_counter() - started)
        return {
            "save_s": median(seconds[False]),
            "save_watched_s": median(seconds[True]),
        }

    def _save(self, line):
        line.write({"product_qty": line.product_qty + 1})
        self.env["supplier.incident"].create(
            {
                "title": "Saved",
                "partner_id": line.partner_id.id,
                "company_id": self.company.id,
            }
        )
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.env.cr.postcommit.run()
