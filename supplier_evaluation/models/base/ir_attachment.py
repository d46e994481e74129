from odoo import api, models
from odoo.exceptions import UserError

# What says of which record an attachment is the file, and what is in it.
PLACE = {"res_model", "res_id", "res_field"}
CONTENT = {"raw", "datas", "db_datas", "url"} | PLACE


class IrAttachment(models.Model):
    """The file of a closed record is not exchanged behind its back.

    What else hangs on it is evidence with it, and stays; more may be attached, by a
    mail for example.
    """

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._supplier_file_changed()
        return attachments

    def write(self, vals):
        """Look at files that are kept only: those of other apps can be large."""
        touched = CONTENT & vals.keys()
        if "name" in vals:
            self._supplier_evidence()._check_supplier_evidence()
        if not touched:
            return super().write(vals)
        changed = (self._supplier_files() | self._supplier_evidence()).filtered(
            lambda attachment: not attachment._is_stored_anew(vals)
        )
        changed._supplier_evidence()._check_supplier_evidence()
        files = changed._supplier_files()
        files._supplier_file_changed()
        # See _postprocess_contents: here the values do not say of what it is.
        is_kept = bool(self._of_supplier_holders())
        as_sent = self.with_context(image_no_postprocess=True) if is_kept else self
        result = super(IrAttachment, as_sent).write(vals)
        if PLACE & touched:
            files = self
        files._supplier_file_changed()
        return result

    def unlink(self):
        # With its record, a file goes after it.
        self._supplier_evidence()._check_supplier_evidence()
        self._supplier_file_changed()
        return super().unlink()

    def _postprocess_contents(self, values):
        """What is kept is kept as it came: Odoo would make a large scan smaller.

        Whoever sent it would not know it again by its checksum, and a small file can be
        a picture that fills all memory.
        """
        kept = self.env.registry["supplier.kept.file.mixin"]
        if isinstance(self.env.get(values.get("res_model")), kept):
            return values
        return super()._postprocess_contents(values)

    def _check_supplier_content(self):
        """Refuse a link as evidence: what stands there may change.

        :raises UserError: naming the first one
        """
        links = self.sudo().filtered(lambda file: file.type == "url")
        if links:
            raise UserError(
                self.env._(
                    "%s is a link, and what stands there may change: attach the file "
                    "itself.",
                    links[0].name,
                )
            )

    def _supplier_mark(self):
        """Return names and checksums of files, as a seal knows them."""
        return "; ".join(f"{file.name} {file.checksum}" for file in self.sorted("id"))

    def _is_stored_anew(self, vals):
        """Whether it is the same file, which only moves to another storage."""
        self.ensure_one()
        if CONTENT & vals.keys() != {"raw"} or isinstance(vals["raw"], str):
            return False
        return self.sudo().raw == vals["raw"]

    def _supplier_file_changed(self):
        """Refuse it for the files of closed records, and tell the others.

        :raises UserError: a record is closed
        """
        for holders in self._supplier_files()._supplier_holders():
            holders._check_file_open()
            holders._file_changed()

    def _check_supplier_evidence(self):
        """Refuse it for what hangs on closed records, and tell the others.

        :raises UserError: naming the record
        """
        for holders in self._supplier_holders():
            holders._check_file_open()
            holders._evidence_changed(self)

    def _supplier_holders(self):
        """Return the records on which these hang, by model."""
        return [
            self.env[model].sudo().browse(attachments.mapped("res_id")).exists()
            for model, attachments in self.sudo().grouped("res_model").items()
        ]

    def _supplier_files(self):
        """Return those attachments that are the file of a record that is kept."""
        return self._of_supplier_holders().filtered(
            lambda attachment: (
                attachment.sudo().res_field
                == self.env[attachment.sudo().res_model]._kept_file
            )
        )

    def _supplier_evidence(self):
        """Return what hangs on records that are kept besides their files."""
        return self._of_supplier_holders() - self._supplier_files()

    def _of_supplier_holders(self):
        kept = self.env.registry["supplier.kept.file.mixin"]
        return self.filtered(
            lambda attachment: (
                attachment.sudo().res_id
                and isinstance(self.env.get(attachment.sudo().res_model), kept)
            )
        )
