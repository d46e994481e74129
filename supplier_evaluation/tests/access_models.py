"""The models by what people may do with them."""

FACT_MODELS = (
    "supplier.delivery.fact",
    "supplier.receipt.fact",
    "supplier.price.fact",
    "supplier.saving.fact",
    "supplier.bill.fact",
    "supplier.payment.fact",
    "supplier.response.fact",
    "supplier.incident.fact",
    "supplier.inspection.fact",
    "supplier.risk.fact",
    "supplier.document.fact",
    "supplier.review.fact",
    "supplier.certification.fact",
)
# Never made by hand, not even by a manager.
GENERATED_MODELS = (
    "supplier.scorecard",
    "supplier.scorecard.line",
    "supplier.scorecard.dimension",
    "supplier.promise.change",
    "supplier.adjustment",
    "supplier.scorecard.comparison",
    "supplier.rater.figure",
    "supplier.tier.change",
    "supplier.stage.change",
    "supplier.stage.funnel",
    "supplier.source",
    "supplier.expiry",
    "supplier.history.job",
    "supplier.history.job.row",
    "supplier.certification.approval",
    "supplier.certification.transition",
    "supplier.purchase.override",
    "supplier.corrective.decision",
    "supplier.tier.figure",
    "supplier.tier.proposal",
    "supplier.incentive.change",
    "supplier.trial.period",
    "supplier.trial.card",
    "supplier.usage.report",
    "supplier.goal.period",
    "supplier.risk.level",
    "supplier.application.candidate",
    "supplier.profile",
    "supplier.profile.check",
    "supplier.duplicate",
    "supplier.data.report",
    "supplier.dispute",
    "supplier.contract.decision",
    "supplier.delivery.forecast",
    "supplier.delivery.forecast.level",
    *FACT_MODELS,
)
RECORD_MODELS = (
    "supplier.evaluation",
    "supplier.incentive",
    "supplier.contract.penalty",
    "supplier.trial",
    "supplier.history.line",
    "supplier.history.receipt",
    "supplier.history.bill",
    "supplier.history.payment",
    *GENERATED_MODELS,
)
# Written by every user, decided on and deleted by managers only.
USER_MODELS = (
    "supplier.incident",
    "supplier.inspection",
    "supplier.document",
    "supplier.certification.audit",
    "supplier.certification",
    "supplier.corrective.action",
    "supplier.allocation",
    "supplier.risk.signal",
    "supplier.risk.check",
    "supplier.price.index",
    "supplier.application",
    "supplier.contract",
)
# Written by every user as part of an application; questions come from the programme.
APPLIED_MODELS = {
    "supplier.certification.answer": ("write",),
    "supplier.certification.audit.answer": ("write",),
    "supplier.certification.audit.finding": ("write", "create", "unlink"),
    "supplier.corrective.action.step": ("write",),
    "supplier.inspection.value": ("write", "create", "unlink"),
    "supplier.alert": ("write",),
    "supplier.allocation.line": ("write",),
    "supplier.application.document": ("write", "create", "unlink"),
    "supplier.contract.line": ("write", "create", "unlink"),
    "supplier.demand": ("write", "create", "unlink"),
}
SETTINGS_MODELS = (
    "supplier.kpi",
    "supplier.grade",
    "supplier.tier",
    "supplier.stage",
    "supplier.scorecard.template",
    "supplier.scorecard.template.line",
    "supplier.scorecard.template.point",
    "supplier.history.mapping",
    "supplier.document.type",
    "supplier.questionnaire",
    "supplier.questionnaire.question",
    "supplier.questionnaire.choice",
    "supplier.scorecard.template.reviewer",
    "supplier.scorecard.template.member",
    "supplier.certification.program.step",
    "supplier.certification.program",
    "supplier.purchase.policy",
    "supplier.alert.rule",
    "supplier.tier.rule",
    "supplier.incentive.rule",
    "supplier.introduction.phase",
    "supplier.risk.rating",
    "supplier.region.group",
    "supplier.profile.rule",
)
# Set by managers, each in a company; read by every user.
PLANNED_MODELS = (
    "supplier.goal",
    "supplier.benchmark",
    "supplier.announcement",
    "supplier.inspection.plan",
    "supplier.inspection.plan.line",
)
# Of no company: what all of them are judged by.
SHARED_MODELS = (
    "supplier.kpi",
    "supplier.grade",
    "supplier.tier",
    "supplier.stage",
    "supplier.document.type",
    "supplier.risk.rating",
)
# Written by whoever was asked; see test_review_access.
ASKED_MODELS = (
    "supplier.review",
    "supplier.review.answer",
)
# Derived by the database, read by queries with full rights only.
HIDDEN_MODELS = (
    "supplier.application.attempt",
    "supplier.bill.sum",
    "supplier.chain.waiting",
    "supplier.delivery.sum",
    "supplier.exchange.origin",
    "supplier.fact.change",
    "supplier.outbox.feed.record",
    "supplier.payment.sum",
    "supplier.price.sum",
    "supplier.receipt.sum",
    "supplier.return.trace",
    "supplier.scorecard.source",
)
# Read by managers only; see test_chain, test_exchange_access and
# test_outbox_access.
AUDITED_MODELS = (
    "supplier.chain.block",
    "supplier.exchange.source",
    "supplier.exchange.message",
    "supplier.exchange.result",
    "supplier.exchange.question",
    "supplier.exchange.identity",
    "supplier.outbox.channel",
    "supplier.outbox",
    "supplier.outbox.feed",
    "supplier.connector",
    "supplier.connector.field",
    "supplier.connector.run",
    "supplier.connector.letter",
)
# All that a reviewer reads: the own reviews, and what they ask.
REVIEWER_MODELS = (
    *ASKED_MODELS,
    "supplier.questionnaire",
    "supplier.questionnaire.question",
    "supplier.questionnaire.choice",
)
