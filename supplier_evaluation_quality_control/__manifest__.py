{
    "name": "Supplier Evaluation: Quality Control (OCA)",
    "summary": "Inspections of what suppliers deliver, carried out as quality tests",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Purchase",
    "author": "Supplier Evaluation contributors",
    "maintainers": ["supplier-evaluation"],
    "website": "https://github.com/supplier-evaluation/supplier-evaluation",
    "development_status": "Beta",
    "license": "LGPL-3",
    "auto_install": True,
    "depends": ["quality_control_oca", "supplier_evaluation"],
    "data": [
        "views/supplier_inspection_plan_views.xml",
        "views/supplier_inspection_views.xml",
        "views/qc_inspection_views.xml",
    ],
}
