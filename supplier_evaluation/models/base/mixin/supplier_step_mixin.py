from odoo import models
from odoo.exceptions import UserError

from ....tools.wording import label_of


class SupplierStepMixin(models.AbstractModel):
    """A record that goes from state to state as people decide, and keeps why.

    Its model has the fields ``state`` and, where somebody says why, ``reason``.
    """

    _name = "supplier.step.mixin"
    _description = "Record That People Take From State to State"

    def _check_state(self, *states):
        """Refuse a step that does not fit the state.

        :param str states: from which the step goes on
        :raises UserError: names the record and its state
        """
        for record in self:
            if record.state not in states:
                raise UserError(
                    self.env._(
                        "This cannot be done with %(record)s, which is in the state "
                        "“%(state)s”. Reload the page to see what can be done.",
                        record=record.display_name,
                        state=label_of(record, "state"),
                    )
                )

    def _read_reason(self, reason=None):
        """Return why, as the caller says it, or else the form.

        :raises UserError: nobody says why
        """
        text = (reason or (self.reason if len(self) == 1 else "") or "").strip()
        if not text:
            raise UserError(self.env._("Say why first: fill in “Why”."))
        return text
