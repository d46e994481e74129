from freezegun import freeze_time

from odoo.tests import tagged

from ...models.certification.schedule import BATCH
from ...tools.bulk import bulk_insert
from .common import CertificationCommon


@tagged("post_install", "-at_install")
class TestCertificationBatches(CertificationCommon):
    """5,000 certifications: each batch takes the same number of statements."""

    NUMBER = 5000

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        partners = (
            cls.env["res.partner"].create(
                [{"name": f"S{n}"} for n in range(cls.NUMBER)]
            )
        ).ids
        columns = [
            "partner_id",
            "company_id",
            "program_id",
            "name",
            "state",
            "active",
            "date_from",
            "date_to",
        ]
        cls.ids = bulk_insert(
            cls.env["supplier.certification"],
            columns,
            [
                (
                    partner,
                    cls.company.id,
                    cls.program.id,
                    f"BULK/{partner}",
                    "certified",
                    True,
                    "2025-03-02",
                    "2026-03-01",
                )
                for partner in partners
            ],
        )
        cls.env.invalidate_all()

    def _statements(self, cron, operation):
        """Return the statements of each batch of a scheduled action."""
        counts = []
        model = type(self.env["supplier.certification"])
        original = getattr(model, operation)

        def counted(records):
            env = records.env
            env.flush_all()
            before = env.cr.sql_log_count
            result = original(records)
            env.flush_all()
            if records:
                counts.append((len(records), env.cr.sql_log_count - before))
            env.invalidate_all()
            return result

        self.patch(model, operation, counted)
        with self.enter_registry_test_mode():
            self.env.ref(
                f"supplier_evaluation.ir_cron_supplier_certification_{cron}"
            ).method_direct_trigger()
        self.env.invalidate_all()
        return counts

    def _check(self, counts):
        self.assertEqual([size for size, _count in counts], [BATCH] * 10)
        later = {count for _size, count in counts[1:]}
        self.assertEqual(len(later), 1, counts)
        self.assertLess(max(later), 60)

    def _give_owner(self):
        self.env.cr.execute(
            "UPDATE supplier_certification SET user_id = %s WHERE id = ANY(%s)",
            [self.people["submitter"].id, self.ids],
        )
        self.env.invalidate_all()

    def _records(self):
        return self.env["supplier.certification"].browse(self.ids)

    @freeze_time("2026-03-02 04:00:00")
    def test_expire(self):
        self._give_owner()
        self._check(self._statements("expire", "_expire"))
        self.assertEqual(set(self._records().mapped("state")), {"expired"})
        vendor = self._records()[-1].partner_id.with_company(self.company)
        self.assertEqual(vendor.supplier_certification_state, "expired")
        self.assertEqual(len(self._records().transition_ids), self.NUMBER)
        self.assertEqual(len(self._records().activity_ids), self.NUMBER)

    @freeze_time("2026-02-28 04:00:00")
    def test_suspend(self):
        self._give_owner()
        bulk_insert(
            self.env["supplier.document"],
            [
                "partner_id",
                "commercial_partner_id",
                "type_id",
                "verification",
                "date_verified",
                "date_to",
                "active",
            ],
            [
                (
                    partner.id,
                    partner.id,
                    self.licence.id,
                    "verified",
                    "2025-03-01 04:00:00",
                    "2026-02-27",
                    True,
                )
                for partner in self._records().partner_id
            ],
        )
        self._check(self._statements("suspend", "_suspend_for_documents"))
        self.assertEqual(set(self._records().mapped("state")), {"suspended"})
        self.assertEqual(len(self._records().activity_ids), self.NUMBER)

    @freeze_time("2026-02-28 04:00:00")
    def test_renew(self):
        self._check(self._statements("renew", "_open_renewals"))
        self.assertEqual(len(self._records().renewal_ids), self.NUMBER)
