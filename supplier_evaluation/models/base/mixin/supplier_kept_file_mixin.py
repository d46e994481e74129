from odoo import models


class SupplierKeptFileMixin(models.AbstractModel):
    """A record whose file is evidence once the record is closed.

    The file and what else hangs on the record is not exchanged from then on, by
    whatever way: see ``ir.attachment``.
    """

    _name = "supplier.kept.file.mixin"
    _description = "Record With a File That Is Kept"

    #: The name of the field with the file, if there is one.
    _kept_file = None

    def _check_file_open(self):
        """Refuse to touch the file of a record that is closed; to be extended.

        :raises UserError: naming a closed record
        """

    def _file_changed(self):
        """Do what a new file of an open record asks for; to be extended."""

    def _evidence_changed(self, files):
        """Do what is asked for when what hangs on open records changes; to be extended.

        :param files: attachments, also of other records
        """
