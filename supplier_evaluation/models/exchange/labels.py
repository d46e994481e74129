"""What people call the kinds of the contract."""

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
