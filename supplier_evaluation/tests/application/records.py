"""One record of each model of applications."""

import base64

from odoo import Command

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def application_records(env, company, supplier):
    """Return ``{model: a record}``: an application that looks like a supplier."""
    kind = env["supplier.document.type"].search([], limit=1)
    application = env["supplier.application"].create(
        {
            "company_id": company.id,
            "company_name": supplier.name,
            "email": "sales@applicant.example.com",
            "document_ids": [
                Command.create(
                    {
                        "type_id": kind.id,
                        "date_to": "2030-01-01",
                        "file": base64.b64encode(PDF),
                        "filename": "paper.pdf",
                    }
                )
            ],
        }
    )
    application._compare()
    return {
        "supplier.application": application,
        "supplier.application.document": application.document_ids,
        "supplier.application.candidate": application.candidate_ids[0],
    }
