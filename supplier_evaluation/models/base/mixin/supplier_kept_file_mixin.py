from odoo import models
from odoo.exceptions import AccessError


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

    def _take_files(self, name):
        """Hang the files of a field on their record, and take none that are of others.

        Others may see them: nobody shows a file by this that belongs elsewhere.

        :param str name: of a field with attachments
        :raises AccessError: naming the file
        """
        for record in self:
            for file in record.sudo()[name]:
                place = (file.res_model, file.res_id)
                if place == (self._name, record.id) and not file.res_field:
                    continue
                if file.res_id or file.res_field or file.create_uid != self.env.user:
                    raise AccessError(
                        self.env._(
                            "%(file)s belongs to another record: attach the file "
                            "itself.",
                            file=file.name,
                        )
                    )
                file._check_supplier_content()
                file.write({"res_model": self._name, "res_id": record.id})
