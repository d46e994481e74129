from freezegun import freeze_time

from ..common import MANAGER, SupplierEvaluationCommon

# The grace days of March to August 2026 are over.
NOW = "2026-09-20 04:00:00"
MONTHS = ("03", "04", "05", "06", "07", "08")
CRON = "supplier_evaluation.ir_cron_supplier_start"


class StartCommon(SupplierEvaluationCommon):
    """A company as it is when the add-on was just installed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template.active = False
        cls.company.partner_id.tz = False
        cls.company.country_id = cls.env.ref("base.cn")
        cls.manager = cls._create_user("start_manager", MANAGER, name="Mona")

    @classmethod
    def _buy(cls, months=MONTHS, count=5, **vals):
        """Orders, delivered on the promised 10th of each month."""
        for month in months:
            for _index in range(count):
                line = cls._order(
                    10, 5, f"2026-{month}-10", confirmed=f"2026-{month}-01", **vals
                )
                if line.product_id.type != "service":
                    cls._receive(line, f"2026-{month}-10")

    def _mine(self, model="supplier.start", user=None):
        return self._as(self.env[model], user or self.manager)

    def _retrieve(self):
        self.env.flush_all()
        with freeze_time(NOW):
            return self._mine().retrieve_start()

    def _step(self, key):
        return {step["key"]: step for step in self._retrieve()["steps"]}[key]

    def _apply(self, key, choice=()):
        with freeze_time(NOW):
            self._mine().apply_step(key, list(choice))
        self.env.flush_all()
        self.env.invalidate_all()

    def _run_cron(self):
        with freeze_time(NOW), self.enter_registry_test_mode():
            self.env.ref(CRON).method_direct_trigger()
        self.env.invalidate_all()

    def _runs(self):
        return self.env["supplier.evaluation"].search(
            [("company_id", "=", self.company.id)], order="date_to"
        )

    def _proposed(self, key):
        options = self._step(key)["options"]
        return [one["key"] for one in options if one["is_proposed"]]

    def _preset(self, key):
        return self.env.ref(f"supplier_evaluation.supplier_scorecard_template_{key}")
