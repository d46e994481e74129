import base64
import re
from datetime import date

from odoo.tools.mimetypes import guess_mimetype

from ...matching import normalise_mail
from ...tools.upload.files import has_too_many_pixels
from .page import clean

MIB = 1024 * 1024
#: Largest file, and all that is sent at once.
LARGEST_FILE, LARGEST_PAGE = 8 * MIB, 24 * MIB
#: What is taken, by what its content is, with the ends of its name.
FILE_KINDS = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
}
ENDINGS = tuple(ending for endings in FILE_KINDS.values() for ending in endings)
#: Fields of the page with their longest text.
TEXTS = {
    "company_name": 200,
    "registry_number": 60,
    "tax_id": 60,
    "contact_name": 100,
    "email": 200,
    "phone": 60,
    "website": 200,
    "message": 5000,
}
NEEDED = ("company_name", "country_id", "contact_name", "email")
#: Has lines; the others stand in subjects and addresses of mails, too.
LINES = ("message",)


class Form:
    """What somebody sent by the public page, read with care.

    Nothing is looked up here but what the page itself offers: countries, categories
    and kinds of documents.

    :param dict params: texts by the name of their input; of categories a list
    :param files: what was sent as files, by the name of their input
    :ivar vals: values of ``supplier.application``
    :ivar documents: values of ``supplier.application.document``
    :ivar problems: what is wrong, by the name of the input, for its sender
    """

    def __init__(self, env, company, params, files):
        self.env = env
        self.params = params
        self.problems = {}
        self.vals = {name: self._text(name) for name in TEXTS}
        self.vals["country_id"] = self._chosen("res.country", "country_id")
        categories = self._chosen_categories()
        self.vals["category_ids"] = [(6, 0, categories.ids)]
        self.documents = []
        for kind in company.supplier_application_type_ids:
            self._read_document(kind, files.get(f"document_{kind.id}"))
        self._check()

    def _text(self, name):
        """Return a text without what is not printed; too long is a problem."""
        text = clean(self.params.get(name), has_lines=name in LINES)
        if len(text) > TEXTS[name]:
            self.problems[name] = self.env._(
                "At most %s characters, please.", TEXTS[name]
            )
        return text[: TEXTS[name]]

    def _chosen(self, model, name):
        record = self.env[model].sudo().browse(_id(self.params.get(name))).exists()
        return record.id

    def _chosen_categories(self):
        ids = [_id(text) for text in self.params.get("category_ids") or []]
        return (
            self.env["product.category"]
            .sudo()
            .search([("id", "in", ids), ("supplier_open_to_applications", "=", True)])
        )

    def _check(self):
        for name in NEEDED:
            if not self.vals[name]:
                self.problems.setdefault(name, self.env._("Please fill this in."))
        if not (self.vals["registry_number"] or self.vals["tax_id"]):
            self.problems.setdefault(
                "registry_number",
                self.env._("Please give the registry number or the tax ID."),
            )
        if self.vals["email"] and not normalise_mail(self.vals["email"]):
            self.problems.setdefault(
                "email", self.env._("This is not an e-mail address.")
            )
        website = self.vals["website"]
        if website and not re.fullmatch(r"(https?://)?[^\s:/@]+\.\S+", website):
            text = self.env._("This is not a web address.")
            self.problems.setdefault("website", text)

    def _read_document(self, kind, file):
        """Take one file, if there is one, by its name and by what is in it."""
        name = f"document_{kind.id}"
        if not file or not file.filename:
            return
        filename = clean(file.filename).replace("\\", "/").split("/")[-1]
        content = file.read(LARGEST_FILE + 1)
        endings = FILE_KINDS.get(guess_mimetype(content), ()) if content else ()
        if len(content) > LARGEST_FILE:
            self.problems[name] = self.env._(
                "This file is larger than %s MB.", LARGEST_FILE // MIB
            )
        elif not filename.lower().endswith(endings or ("\0",)):
            self.problems[name] = self.env._("Please attach a PDF, JPEG or PNG file.")
        elif has_too_many_pixels(content):
            self.problems[name] = self.env._("This picture has too many pixels.")
        date_to = self._date(f"{name}_date_to")
        if kind.needs_expiry and not date_to:
            self.problems.setdefault(
                name, self.env._("Please say until when this document is valid.")
            )
        self.documents.append(
            {
                "type_id": kind.id,
                "number": clean(self.params.get(f"{name}_number"))[:100],
                "date_to": date_to,
                "file": base64.b64encode(content),
                "filename": filename[-150:],
            }
        )

    def _date(self, name):
        """Return a date as browsers send it, or False."""
        try:
            return date.fromisoformat(self.params.get(name) or "")
        except ValueError:
            return False


def _id(text):
    """Return the number of a record, 0 for what is none."""
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
