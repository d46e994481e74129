"""What people call the kinds of the contract: those that come in, and that go out."""

KINDS = [
    ("supplier", "Supplier"),
    ("contact", "Contact"),
    ("document", "Document"),
    ("order", "Order Line"),
    ("receipt", "Receipt"),
    ("return", "Return"),
    ("bill", "Bill"),
    ("payment", "Payment"),
    ("inspection", "Inspection"),
    ("incident", "Incident"),
    ("risk_signal", "Risk Signal"),
    ("rating", "Rating"),
    ("price_index", "Price Index"),
    ("benchmark", "Benchmark"),
]
SENT_KINDS = [
    ("supplier", "Supplier"),
    ("contact", "Contact"),
    ("document", "Document"),
    ("incident", "Incident"),
    ("benchmark", "Benchmark"),
    ("evaluation", "Evaluation"),
    ("scorecard", "Scorecard"),
    ("alert", "Alert"),
    ("certification_change", "Certification Change"),
    ("action", "Corrective Action"),
]
