from odoo import api, models
from odoo.exceptions import UserError

from ....tools.wording import label_of

#: So many wait to be looked at; then the next one has to wait.
MOST_NEW = 10


class SupplierPortal(models.AbstractModel):
    """Ideas of suppliers: they see their own only, as they sent them."""

    _inherit = "supplier.portal"

    @api.model
    def _ideas(self, ideas):
        """Return what a supplier sees of its ideas, as plain values.

        What they bring us, and what we write about them, is for us only.

        :param ideas: as :meth:`_find` returns them
        """
        files = self._files_of(ideas)
        return [
            {
                "title": idea.title,
                "kind": label_of(idea, "kind"),
                "status": label_of(idea, "state"),
                "date": idea.date,
                "company": idea.company_id.name,
                "text": idea.sent_text,
                "answer": idea.answer,
                "files": files[idea.id],
            }
            for idea in ideas
        ]

    @api.model
    def _idea_kinds(self):
        """Return the kinds of ideas that can be chosen: pairs of code and label."""
        return (
            self.env["supplier.idea"]._fields["kind"]._description_selection(self.env)
        )

    @api.model
    def _idea_companies(self):
        """Return to which companies the supplier can send an idea."""
        supplier = self._supplier()
        return self._companies().filtered(
            lambda company: self._supplies(supplier, company)
        )

    @api.model
    def _send_idea(self, title, kind, text, files, company_id=None):
        """Take an idea of the supplier; whoever buys there sees to it.

        :param str title: in a few words
        :param str kind: one of :meth:`_idea_kinds`
        :param str text: what would change
        :param list files: names and contents
        :param int company_id: whom it is for; needed where there are several
        :return: the idea, with all rights
        :raises MissingError: it is no company that the supplier delivers to
        :raises UserError: many wait already, or what was sent is not taken
        """
        companies = self._idea_companies()
        company = companies.filtered(lambda one: one.id == company_id)
        if not company_id and len(companies) == 1:
            company = companies
        if not company:
            self._refuse()
        if kind not in dict(self._idea_kinds()):
            raise UserError(self.env._("Choose the kind of idea."))
        title = self._read_line(title)
        if not title:
            raise UserError(self.env._("Write something first."))
        text, files = self._clean_text(text), self._check_files(files)
        self._check_new_ideas(company)
        idea = self.env["supplier.idea"]._receive(
            self._supplier(),
            company,
            {
                "title": title,
                "kind": kind,
                "sent_text": text,
            },
        )
        self._attach(idea, files)
        if owner := idea.user_id:
            words = idea.with_context(lang=owner.lang).env._(
                "The supplier sent an idea"
            )
            self._plan(idea, owner, words)
        return idea

    def _check_new_ideas(self, company):
        """Refuse more than we can look at.

        :raises UserError: so many are new
        """
        found = self._count(
            "supplier.idea", [("state", "=", "new"), ("company_id", "=", company.id)]
        )
        if found >= MOST_NEW:
            raise UserError(
                self.env._(
                    "%s of your ideas wait to be looked at. Send the next one when we "
                    "have answered.",
                    found,
                )
            )
