{
    "name": "Supplier Evaluation: Sales",
    "summary": "Which customer got goods late, and because of whom",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Purchase",
    "author": "Supplier Evaluation contributors",
    "maintainers": ["supplier-evaluation"],
    "website": "https://github.com/supplier-evaluation/supplier-evaluation",
    "development_status": "Beta",
    "license": "LGPL-3",
    "auto_install": True,
    "depends": ["sale_purchase_stock", "supplier_evaluation"],
}
