"""What all pages for people without a login have in common."""

import re

from odoo.http import request

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def public_page(template, status=200, **values):
    """Return a page for people without a login: nothing keeps it, nobody finds it.

    :param str template: name of a template of this add-on
    :param int status: of the answer
    """
    response = request.render(f"supplier_evaluation.{template}", values, status=status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def clean(text, has_lines=False):
    """Return a text without what is not printed, in one line unless it has more."""
    text = text or ""
    text = text if has_lines else " ".join(text.split())
    return _CONTROL.sub("", text).strip()
