# What the catalogue must have, by dimension.
CATALOGUE = {
    "delivery": {
        "otd",
        "otif",
        "fill_rate",
        "days_late",
        "lead_time",
        "lead_time_cv",
        "cycle_time",
        "promise_kept",
        "ack_rate",
    },
    "quality": {"return_rate", "defect_ppm", "lot_acceptance", "complaint_rate"},
    "cost": {
        "price_variance",
        "price_competitiveness",
        "price_volatility",
        "bill_price_variance",
        "price_contract",
        "discount_rate",
        "payment_terms",
        "days_to_pay",
    },
    "service": {
        "response_time",
        "response_rate",
        "resolution_rate",
        "resolution_time",
        "review",
    },
    "compliance": {
        "document_validity",
        "certification",
        "legal_cases",
        "risk_rating",
        "environment",
    },
}
