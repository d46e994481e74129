from odoo import api, models
from odoo.exceptions import UserError

from ...tools.upload.files import (
    MAX_SIZE,
    MEGABYTE,
    TYPES,
    clean_name,
    has_too_many_pixels,
    kind_of,
    type_of,
)
from ...tools.wording import listed

MAX_FILES = 5
#: More are not sent on one record, however often something is sent.
MAX_ON_RECORD = 50


class SupplierPortal(models.AbstractModel):
    """Files from outside: few kinds, not too large, and called what they are."""

    _inherit = "supplier.portal"

    @api.model
    def _check_files(self, files):
        """Return files as they may be stored.

        :param list files: pairs of a name and the content, as bytes
        :return: dicts with ``name``, ``raw`` and ``mimetype``
        :raises UserError: naming a file that is not taken, and what is
        """
        if len(files) > MAX_FILES:
            raise UserError(
                self.env._("Send at most %s files at a time.", MAX_FILES),
            )
        return [self._check_file(name, content) for name, content in files]

    def _check_file(self, name, content):
        name = clean_name(name)
        kind = kind_of(name)
        if not kind:
            raise UserError(
                self.env._(
                    "“%(file)s” is not taken: send one of %(kinds)s.",
                    file=name,
                    kinds=listed(self.env, TYPES),
                )
            )
        if not content:
            raise UserError(self.env._("“%s” is empty: choose it again.", name))
        if len(content) > MAX_SIZE:
            raise UserError(
                self.env._(
                    "“%(file)s” is larger than %(size)s MB: send a smaller one.",
                    file=name,
                    size=MAX_SIZE // MEGABYTE,
                )
            )
        mimetype = type_of(name, content)
        if not mimetype:
            raise UserError(
                self.env._(
                    "“%(file)s” is not what its name says: save it anew as %(kind)s.",
                    file=name,
                    kind=kind.upper(),
                )
            )
        if has_too_many_pixels(content):
            raise UserError(
                self.env._("“%s” has too many pixels: send a smaller one.", name)
            )
        return {"name": name, "raw": content, "mimetype": mimetype}

    @api.model
    def _attach(self, record, files):
        """Hang files on a record that the user sees.

        :param record: what :meth:`_get` returned, or was made of it
        :param list files: as :meth:`_check_files` returns them
        :rtype: ir.attachment
        :raises UserError: there would be too many on it
        """
        if files and len(self._files(record)) + len(files) > MAX_ON_RECORD:
            raise UserError(
                self.env._(
                    "There would be too many files here: at most %s are taken.",
                    MAX_ON_RECORD,
                )
            )
        place = {"res_model": record._name, "res_id": record.id}
        return (
            self.env["ir.attachment"]
            .sudo()
            .with_context(image_no_postprocess=True)
            .create([{**file, **place} for file in files])
        )
