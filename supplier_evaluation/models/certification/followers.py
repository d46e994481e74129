from markupsafe import Markup

from odoo import SUPERUSER_ID, models


class SupplierCertification(models.Model):
    """Followers learn of every move: who, what and why.

    What happened is the kind of the message, which everybody reads in their language;
    its text is what people wrote.
    """

    _inherit = "supplier.certification"

    def _tell_followers(self, event, text=False):
        """Write an event in the chatter of each certification.

        :param str event: a state that was reached, or ``approved``
        :param str text: why, or a comment; as it was written
        """
        subtype = self.env.ref(f"supplier_evaluation.mt_certification_{event}")
        if self.env.uid == SUPERUSER_ID:
            # Nobody decided it: its owner has an activity, hundreds get no e-mail.
            bodies = dict.fromkeys(self.ids, text or subtype.description)
            self._message_log_batch(bodies=bodies)
            return
        for certification in self:
            certification.message_post(
                body=text or "",
                subject=self.env._(
                    "%(certification)s: %(event)s",
                    certification=certification.display_name,
                    event=subtype.description,
                ),
                subtype_id=subtype.id,
            )

    def _tell_approval(self, comment):
        """Tell that the step that is waited for was approved by the user."""
        self.ensure_one()
        step = Markup("<b>%s</b>") % self.sudo().step_id.name
        text = Markup("%s<br/>%s") % (step, comment) if comment else step
        self._tell_followers("approved", text)
