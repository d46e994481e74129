from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ...tools.groups import MANAGER_GROUP
from .records import Records


class SupplierStart(models.AbstractModel):
    """The guided start: what is set up by now, and what is to be done next.

    Nothing of it is stored here. Whether a step is done is read from the records that
    it makes, so doing it elsewhere is as good, and doing it again changes nothing.
    """

    _name = "supplier.start"
    _description = "Guided Start"

    @api.model
    @api.readonly
    def retrieve_start(self):
        """Return the checklist of the company, as it is now.

        As many statements for five thousand suppliers as for five.

        :return: ``{"company", "done", "needed", "published", "steps"}``: how many of
            the needed steps are done, how many scorecards are published, and the steps
            in their order, as :meth:`_step` makes them
        :raises AccessError: the user does not manage supplier evaluation
        """
        self._check_manager()
        records = self._records()
        steps = [
            {"key": key, **describe(records)}
            for key, (describe, _apply) in self._steps().items()
        ]
        needed = [step for step in steps if not step["is_optional"]]
        company = self.env.company
        return {
            "company": company.name,
            "done": sum(step["is_done"] for step in needed),
            "needed": len(needed),
            "published": self.env["supplier.scorecard"].search_count(
                [("company_id", "=", company.id), ("state", "=", "published")]
            ),
            "steps": steps,
        }

    @api.model
    def apply_step(self, key, choice=()):
        """Do a step of the checklist; done again, it changes nothing.

        :param str key: of the step
        :param choice: keys of the options that were chosen
        :raises AccessError: the user does not manage supplier evaluation, or may not
            change what the step changes
        :raises UserError: there is no such step, or the choice cannot be used
        """
        self._check_manager()
        if key not in self._steps():
            raise UserError(self.env._("There is no such step: %s", key))
        _describe, apply = self._steps()[key]
        apply(list(choice or ()))

    @api.model
    def _steps(self):
        """Return ``{key: (describe, apply)}``, in the order in which they are done."""
        return {
            "zone": (self._describe_zone, self._apply_zone),
            "template": (self._describe_template, self._apply_template),
            "past": (self._describe_past, self._apply_past),
            "reviewers": (self._describe_reviewers, self._apply_reviewers),
            "approvers": (self._describe_approvers, self._apply_approvers),
            "documents": (self._describe_documents, self._apply_documents),
            "policies": (self._describe_policies, self._apply_policies),
        }

    def _check_manager(self):
        if not self.env.user.has_group(MANAGER_GROUP):
            raise AccessError(
                self.env._("Only managers of supplier evaluation set it up.")
            )

    @api.model
    def _step(self, title, **vals):
        """Return a step for the screen.

        :param str title: what it is about
        :param vals: ``is_done``, ``is_optional``; ``now``: sentences of what is;
            ``change``: sentences of what the button changes; ``options`` to choose
            from, ``{"key", "name", "text", "is_proposed"}``, and ``is_many`` where
            several can be; ``button``: its label, empty where there is nothing to do;
            ``link``: ``{"label", "action"}`` of the place where it is kept;
            ``progress``: how far the scheduled action is
        """
        return {
            "title": title,
            "is_done": False,
            "is_optional": False,
            "now": [],
            "change": [],
            "options": [],
            "is_many": False,
            "button": "",
            "link": False,
            "progress": False,
            **vals,
        }

    @api.model
    def _link(self, label, action):
        """Return where a step is kept.

        :param action: external id of an action, of this add-on where it names none;
            or an action
        """
        if isinstance(action, str) and "." not in action:
            action = f"supplier_evaluation.{action}"
        return {"label": label, "action": action}

    @api.model
    def _records(self):
        """Return what the records of the company look like.

        :rtype: Records
        """
        return Records(self.env)

    def _chosen(self, choice, allowed):
        """Return what was chosen, of what can be.

        :param list choice: keys, as the screen sends them
        :param allowed: the keys that there are
        :raises UserError: nothing was chosen, or something that there is not
        """
        if not choice:
            raise UserError(self.env._("Choose something first."))
        unknown = set(choice) - set(allowed)
        if unknown:
            raise UserError(
                self.env._(
                    "This cannot be chosen any more: %s. Look at the step again.",
                    ", ".join(str(key) for key in sorted(unknown, key=str)),
                )
            )
        return choice

    # ------------------------------------------------------------
    # What several companies share
    # ------------------------------------------------------------

    @api.model
    def _is_only_company(self):
        """Whether there is one company, so that what is shared is its own."""
        return self.env["res.company"].sudo().search_count([], limit=2) == 1

    def _of_company(self, shared):
        """Return the record as the company may change it, for itself alone.

        What is set up for all companies is copied for this one, once.

        :param shared: a record with a name and a company
        """
        company = self.env.company
        if shared.company_id == company or self._is_only_company():
            return shared
        copies = shared.with_context(active_test=False).search(
            [("company_id", "=", company.id), ("name", "=", shared.name)], limit=1
        )
        return copies or shared.copy({"company_id": company.id, "name": shared.name})
