"""What is tried first: other weights as a draft, and past months scored with them."""

from __future__ import annotations

# What a manager wonders: what if it weighed so many times as much?
MORE = {"otd": 2, "otif": 2}
MONTHS = 9


def try_first(template):
    """Save a draft in which punctuality weighs more, and back-test it.

    :param template: as a manager sees it, in one company
    :return: the back-test
    """
    lines = [
        {
            "kpi_id": line.kpi_id.id,
            "weight": line.weight * MORE.get(line.kpi_id.code, 1),
            "mode": line.scale_mode,
            "points": line._points(),
            "minimum": line.minimum_score if line.has_gate else None,
        }
        for line in template.line_ids
    ]
    draft_id = template.action_save_draft(lines)["res_id"]
    trial = template.env["supplier.trial"].create(
        {
            "template_id": draft_id,
            "company_id": template.env.company.id,
            "period_count": MONTHS,
        }
    )
    trial.action_start()
    trial.period_ids.sudo()._score()
    return trial
