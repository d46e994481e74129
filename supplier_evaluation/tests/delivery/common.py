from freezegun import freeze_time

from ..common import SupplierEvaluationCommon


class GoldenSetCommon(SupplierEvaluationCommon):
    """The lines L1 to L14 of the delivery reference set, made by real documents."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact = cls._create_contact("Sales desk")
        cls.service = cls._create_product("Advice", type="service", is_storable=False)
        cls.lines = {}
        cls._make_on_time_lines()
        cls._make_late_lines()
        cls._make_special_lines()

    @classmethod
    def _make_on_time_lines(cls):
        lines = cls.lines
        lines["L1"] = cls._order(100, 10, "2026-03-10")
        cls._receive(lines["L1"], "2026-03-10")
        lines["L4"] = cls._order(10, 100, "2026-03-20")
        cls._receive(lines["L4"], "2026-03-19", 20)
        lines["L5"] = cls._order(2, 120, "2026-03-25", uom=cls.uom_dozen)
        cls._receive(lines["L5"], "2026-03-25")
        lines["L10"] = cls._order(40, 5, "2026-03-18", partner=cls.contact)
        cls._receive(lines["L10"], "2026-03-18")

    @classmethod
    def _make_late_lines(cls):
        lines = cls.lines
        lines["L2"] = cls._order(100, 20, "2026-03-10")
        cls._receive(lines["L2"], "2026-03-10", 60)
        cls._receive(lines["L2"], "2026-03-13", 40)
        lines["L3"] = cls._order(50, 40, "2026-03-15")
        lines["L6"] = cls._order(10, 50, "2026-03-25")
        cls._receive(lines["L6"], "2026-03-25 16:30:00")
        lines["L12"] = cls._order(5, 0, "2026-03-28")
        cls._receive(lines["L12"], "2026-03-30")

    @classmethod
    def _make_special_lines(cls):
        lines = cls.lines
        lines["L7"] = cls._order(30, 10, "2026-03-12")
        receipt = cls._receive(lines["L7"], "2026-03-12")
        cls._return(receipt, "2026-03-20", 12)
        lines["L8"] = cls._order(70, 10, "2026-03-14")
        with freeze_time("2026-03-02 02:00:00"):
            lines["L8"].order_id.button_cancel()
        lines["L9"] = cls._order(70, 10, "2026-04-02")
        lines["L11"] = cls._order(1, 300, "2026-03-18", product=cls.service)
        lines["L13"] = cls._order(20, 10, "2026-03-05")
        cls._change_promise(lines["L13"], "2026-03-09", "supplier")
        cls._receive(lines["L13"], "2026-03-09")
        lines["L14"] = cls._order(20, 10, "2026-03-06")
        cls._change_promise(lines["L14"], "2026-03-16", "buyer")
        cls._receive(lines["L14"], "2026-03-16")
