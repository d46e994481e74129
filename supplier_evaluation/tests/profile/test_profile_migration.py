from odoo.modules.migration import load_script
from odoo.tests import tagged
from odoo.tools import SQL, file_path

from .common import ProfileCommon

SCRIPT = "supplier_evaluation/migrations/19.0.1.7.0/pre-00-partners.py"
COLUMNS = ["supplier_registry_wrong", "supplier_region_group_id"]
NUMBERS = (
    "91110000600037341L",
    "9111 0000 6000 3734 1l",
    "911100006000373411",
    "9111000060003734IL",
    "440301103097413",
    "44030110309741344030110309741",
    False,
)


@tagged("post_install", "-at_install")
class TestProfileMigration(ProfileCommon):
    """Partners of 19.0.1.6.0 get what is computed of those of today."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        china, germany = cls.env.ref("base.cn"), cls.env.ref("base.de")
        cls.partners = cls.env["res.partner"].create(
            [
                {
                    "name": f"Registered {number}",
                    "company_registry": number,
                    "country_id": country.id,
                    "state_id": country == china and cls.env.ref("base.state_cn_SH").id,
                }
                for number in NUMBERS
                for country in (china, germany, germany.browse())
            ]
        )

    def _stored(self):
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                "SELECT id, %s FROM res_partner ORDER BY id",
                SQL(", ").join(map(SQL.identifier, COLUMNS)),
            )
        )

    def _forget(self):
        for name in COLUMNS:
            self.env.cr.execute(
                SQL("ALTER TABLE res_partner DROP COLUMN %s", SQL.identifier(name))
            )

    def _migrate(self):
        script = load_script(file_path(SCRIPT), "pre-00-partners")
        script.migrate(self.env.cr, "19.0.1.6.0")

    def test_as_it_is_computed(self):
        self.env.add_to_compute(
            self.env["res.partner"]._fields["supplier_registry_wrong"],
            self.env["res.partner"].with_context(active_test=False).search([]),
        )
        computed = self._stored()
        wrong = self.partners.filtered("supplier_registry_wrong")
        self.assertEqual(wrong.mapped("company_registry"), [NUMBERS[2], NUMBERS[3]])
        self.assertTrue(any(group for _id, _wrong, group in computed))
        self._forget()
        self._migrate()
        # As the groups do that come with the data.
        self.env["supplier.region.group"]._places_changed()
        self.assertEqual(self._stored(), computed)
        self._migrate()
        self.assertEqual(self._stored(), computed, "Once more changes nothing.")

    def test_all_at_once(self):
        self._stored()
        self._forget()
        with self.assertQueryCount(3):
            self._migrate()
