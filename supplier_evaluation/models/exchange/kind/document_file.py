"""Files of documents. Those that come are checked like those of the portal."""

import base64

from odoo import api, models

from ....exchange.checking import Wrong
from ....tools.upload.files import (
    MEGABYTE,
    TYPES,
    clean_name,
    has_too_many_pixels,
    kind_of,
    type_of,
)

#: A page with files has so many bytes of them, or one file.
PAGE = 20 * MEGABYTE


class SupplierExchangeKindDocument(models.AbstractModel):
    """A file is known by its checksum; its content is read where it is sent."""

    _inherit = "supplier.exchange.kind.document"

    # ------------------------------------------------------------
    # In
    # ------------------------------------------------------------

    @api.model
    def _told(self, item):
        """A name or type without a file says nothing, and a type is only checked."""
        silent = {"file_type"}
        if "file" not in item.values:
            silent.add("file_name")
        return [name for name in super()._told(item) if name not in silent]

    @api.model
    def _file_vals(self, values):
        """Return the values of a file.

        :raises Wrong: it has no name, is of a kind that is not taken, is not what it
            says, or is too large a picture
        """
        file = values.get("file")
        if not file:
            return {"file": False, "filename": False}
        if not values.get("file_name"):
            raise Wrong("file_nameless")
        name = clean_name(values["file_name"])
        if not kind_of(name):
            raise Wrong("file_kind", file=name, kinds=", ".join(TYPES))
        found = type_of(name, file.content)
        if not found or values.get("file_type") not in (None, found):
            raise Wrong("file_type", file=name)
        if has_too_many_pixels(file.content):
            raise Wrong("file_pixels", file=name)
        return {"file": base64.b64encode(file.content), "filename": name}

    # ------------------------------------------------------------
    # Out
    # ------------------------------------------------------------

    @api.model
    def _files(self, records):
        """Return the stored files of documents, which whoever asks may read."""
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._writes),
                    ("res_field", "=", "file"),
                    ("res_id", "in", records.ids),
                ]
            )
        )

    @api.model
    def _checksums(self, records):
        return {one.res_id: one.checksum for one in self._files(records)}

    @api.model
    def _out(self, records):
        """Return what documents say, with their files only if they are asked for."""
        said = super()._out(records)
        with_files = self.env.context.get("exchange_files")
        files = self._files(records) if with_files else self.env["ir.attachment"]
        by_id = {one.res_id: one for one in files}
        for number, values in said.items():
            if not with_files:
                # Empty would say that there is none.
                del values["file"], values["file_name"]
                continue
            file = by_id.get(number)
            values["file"] = base64.b64encode(file.raw).decode() if file else None
            values["file_type"] = file.mimetype if file else None
        return said

    @api.model
    def _give(self, source, cursor="", limit=1_000):
        """Give fewer documents at once where their files are large."""
        if self.env.context.get("exchange_files"):
            limit = self._fitting(source, cursor, limit)
        return super()._give(source, cursor, limit)

    @api.model
    def _fitting(self, source, cursor, limit):
        """Return how many of the next documents have files that fit a page."""
        since = self._read_cursor(cursor)
        rows = self._changed(source.company_id, since, max(1, min(limit, 1_000)))
        ids = [number for number, _time in rows]
        files = self._files(self.env[self._writes].browse(ids))
        sizes = {one.res_id: one.file_size for one in files}
        total = 0
        for count, number in enumerate(ids):
            total += sizes.get(number, 0)
            if total > PAGE:
                return max(1, count)
        return limit
