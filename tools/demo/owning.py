"""A field of one's own on incidents: the batch, filled in on one of them."""

from __future__ import annotations

# Whose incident names the batch.
SUPPLIER = "Boomerang Ceramics"
BATCH = "BC-1107"


class Owning:
    """What one company wants to know of incidents that nobody else asks for.

    :param following: who acts in the company
    """

    def __init__(self, following):
        self.following = following
        self.env = following.env
        self.words = following.words

    def own(self):
        """The manager defines the fields; the buyer fills one in."""
        company = self.following.company
        sets = self.env["supplier.field.set"]._of(company)
        fields = self.following._as(sets[company.id].sudo(False), "manager")
        fields.incident_properties_definition = [
            {"name": "batch", "type": "char", "string": self.words("Batch Number")},
            {
                "name": "stopped",
                "type": "boolean",
                "string": self.words("Line Stopped"),
            },
        ]
        incident = self.env["supplier.incident"].search(
            [
                ("company_id", "=", company.id),
                ("partner_id", "=", self.following.partners[SUPPLIER].id),
            ],
            limit=1,
        )
        if incident:
            incident.own_properties = {"batch": BATCH, "stopped": True}
