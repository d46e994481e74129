from freezegun import freeze_time

from ..alert.common import AlertCommon


class CorrectiveCommon(AlertCommon):
    """An 8D of the supplier, started on 10 March at 16:00 in Shanghai."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-03-10 08:00:00"):
            cls.action = cls._open()

    @classmethod
    def _open(cls, **vals):
        actions = cls.env["supplier.corrective.action"]
        return actions._open(cls.supplier, cls.company, "Late", **vals)

    def _step(self, code, person="buyer"):
        steps = self.action.step_ids.filtered(lambda step: step.code == code)
        return self._as(steps, person)

    def _accept(self, *codes):
        self.action.cause = "method"
        for code in codes:
            self._step(code)._answer("<p>Done</p>")
            self._step(code, "colleague")._accept()

    def _activities_of_action(self):
        return self._activities(self.action)
