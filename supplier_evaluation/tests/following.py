"""One record of each model that says what follows from a score."""

from ..models.alert.seen import Seen


def following_records(env, company, card):
    """Return ``{model: a record}``, of a company and the supplier of a scorecard."""
    partner = card.partner_id
    own = {"company_id": company.id}
    action = env["supplier.corrective.action"]._open(partner, company, "Came too late")
    action.step_ids[0]._answer("We look into it")
    alert_rule = env["supplier.alert.rule"].create(
        {"name": "Low score", "threshold": 80, **own}
    )
    seen = Seen(company.id, partner.id, value=70.0, threshold=80.0)
    env["supplier.tier.figure"]._make_figures(company)
    strategic = env.ref("supplier_evaluation.supplier_tier_strategic")
    tier_rule = env["supplier.tier.rule"].create(
        {"name": "Large", "tier_id": strategic.id, "abc_spend": "a", **own}
    )
    proposal = env["supplier.tier.proposal"]._propose(
        company, {partner: (strategic, "It is large")}
    )
    incentive_rule = env["supplier.incentive.rule"].create(
        {"name": "First", "kind": "preferred", "grade_id": card.grade_id.id, **own}
    )
    incentives = env["supplier.incentive"].sudo()._unguarded()
    vals = incentive_rule._incentive_vals(card, 100.0)
    # Without the right to write what is guarded: others change it in tests.
    incentive = env["supplier.incentive"].browse(incentives.create(vals).id)
    incentive._step("approved")
    allocation = env["supplier.allocation"].create(
        {
            "product_id": env["product.product"].create({"name": "Part of Several"}).id,
            **own,
        }
    )
    lines = env["supplier.allocation.line"].sudo()._unguarded()
    shared = lines.create({"allocation_id": allocation.id, "partner_id": partner.id})
    line = env["supplier.allocation.line"].browse(shared.id)
    goal = env["supplier.goal"].create(
        {
            "name": "Punctual suppliers",
            "metric": "score",
            "template_id": card.template_id.id,
            "baseline": 0,
            "date_baseline": card.date_from,
            "target": 100,
            "date": card.date_to,
            **own,
        }
    )
    figures = env["supplier.tier.figure"].search(
        [("company_id", "=", company.id)], limit=1
    )
    return {
        "supplier.corrective.action": action,
        "supplier.corrective.action.step": action.step_ids[0],
        "supplier.corrective.decision": action.decision_ids[0],
        "supplier.alert.rule": alert_rule,
        "supplier.alert": env["supplier.alert"]._open(alert_rule, [seen]),
        "supplier.tier.figure": figures,
        "supplier.tier.rule": tier_rule,
        "supplier.tier.proposal": proposal,
        "supplier.incentive.rule": incentive_rule,
        "supplier.incentive": incentive,
        "supplier.incentive.change": incentive.change_ids[0],
        "supplier.allocation": allocation,
        "supplier.allocation.line": line,
        "supplier.goal": goal,
        "supplier.goal.period": goal.period_ids,
    }
