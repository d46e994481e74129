from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..access import AccessCommon

# Names of parties in a line of a meeting; the form shows those that one may read.
OF_OTHERS = {("supplier.meeting.point", "meeting_party_ids")}
OF_OTHERS |= {("supplier.meeting.decision", "meeting_party_ids")}


@tagged("post_install", "-at_install")
class TestMovedVendor(AccessCommon):
    """What a company has of a vendor opens, also once another company has it."""

    def _names(self, record):
        """Return the fields that form and list show."""
        names = {"display_name"}
        for kind in ("form", "list"):
            arch = record.get_views([(False, kind)])["views"][kind]["arch"]
            shown = {node.get("name") for node in etree.fromstring(arch).iter("field")}
            names |= shown & record._fields.keys()
        return names

    def _unreadable(self):
        found = set()
        for model, record in self.records.items():
            # Rows of a question may be gone with the vendor.
            own = self._as(self.env[model].browse(record.ids[:1]).exists(), "manager")
            if not own or not own.has_access("read"):
                continue
            for name in self._names(own) - {"id"}:
                field = own._fields[name]
                is_named = field.relational and field.type != "reference"
                spec = {name: {"fields": {"display_name": {}}} if is_named else {}}
                self.env.invalidate_all()
                if not self._reads(own, spec):
                    found.add((model, name))
        return found - OF_OTHERS

    def _reads(self, record, spec):
        try:
            record.web_read(spec)
        except AccessError:
            return False
        return True

    def test_everything_opens(self):
        vendors = self.env["res.partner"].union(
            *(
                record.sudo().partner_id
                for record in self.records.values()
                if "partner_id" in record._fields
                and record._fields["partner_id"].comodel_name == "res.partner"
            )
        )
        before = self._unreadable()
        self.env.flush_all()
        # As by a merge, or before somebody else came: nothing else of them changes.
        self.env.cr.execute(
            "UPDATE res_partner SET company_id = %s WHERE id IN %s",
            [self.other_company.id, tuple(vendors.commercial_partner_id.ids)],
        )
        self.env.invalidate_all()
        self.assertFalse(self._unreadable() - before)
