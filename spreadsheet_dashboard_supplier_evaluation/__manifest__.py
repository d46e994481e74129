{
    "name": "Supplier Evaluation: Dashboard",
    "summary": "Supplier scores in Odoo's dashboards",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Purchase",
    "author": "Supplier Evaluation contributors",
    "maintainers": ["supplier-evaluation"],
    "website": "https://github.com/supplier-evaluation/supplier-evaluation",
    "development_status": "Beta",
    "license": "LGPL-3",
    "auto_install": True,
    "depends": ["spreadsheet_dashboard", "supplier_evaluation"],
    "data": ["data/spreadsheet_dashboard_data.xml"],
    "assets": {
        "web.assets_tests": [
            "spreadsheet_dashboard_supplier_evaluation/static/tests/**/*",
        ],
    },
}
