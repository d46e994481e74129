"""The exchange contract over HTTP, with Odoo's own API keys."""

import json

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request
from odoo.tools.misc import str2bool

from ...exchange.checking import plain
from ...exchange.reading import FileProblem, read
from ...exchange.schema import schema_text

ROOT = "/supplier_evaluation/exchange/1"
MOST_BYTES = 50 * 1024 * 1024
LONG_NUMBER = 10
#: What kind of content is which form; any other is found out.
FORMS = {
    "application/json": "json",
    "application/x-ndjson": "ndjson",
    "application/ndjson": "ndjson",
    "text/csv": "csv",
}


class _Refused(Exception):
    """What is wrong with a request, and its status."""

    def __init__(self, status, code, text):
        super().__init__(text)
        self.status, self.code, self.text = status, code, text


def _answering(method):
    """Let a method answer in JSON, also where it refuses."""

    def route(self, *args, **kwargs):
        try:
            return method(self, *args, **kwargs)
        except _Refused as refused:
            return self._json(
                {"error": refused.code, "reason": refused.text}, refused.status
            )

    return route


class SupplierExchange(http.Controller):
    @http.route(
        f"{ROOT}/schema.json",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
    )
    def schema(self):
        """Return the JSON Schema of the contract. It says nothing of anybody."""
        return request.make_response(
            schema_text(), [("Content-Type", "application/schema+json")]
        )

    @http.route(
        ROOT,
        type="http",
        auth="bearer",
        methods=["POST"],
        csrf=False,
        save_session=False,
        sitemap=False,
    )
    @_answering
    def take(self, source="", dry_run="", kind="", **_kwargs):
        """Take a message: the records are in the body, as JSON, NDJSON or CSV.

        :param str source: code of the system; a JSON message may say it itself
        :param str dry_run: 1: only look what would be done
        :param str kind: of the rows of a CSV file without a column for it
        """
        is_dry = self._flag("dry_run", dry_run)
        body = self._body()
        form = FORMS.get(request.httprequest.mimetype, "auto")
        try:
            feed = read(body, form, kind)
        except FileProblem as problem:
            text = request.env["supplier.exchange.message"]._words_of(problem)
            raise _Refused(400, problem.code, text) from problem
        system = self._source(source or feed.head.get("source"))
        messages = request.env["supplier.exchange.message"]
        name = request.httprequest.args.get("id")
        if name:
            feed.head = {**feed.head, "id": name}
        try:
            # What is not JSON has no place to say it in.
            feed.head.setdefault("contract", messages._contract())
            message = messages._take_feed(system, feed, is_dry)
        except AccessError as error:
            raise _Refused(403, "not_allowed", str(error)) from error
        except UserError as error:
            status = 409 if messages._is_taken(system, feed) else 400
            raise _Refused(status, "refused", str(error)) from error
        status = 202 if message.state == "open" else 200
        return self._json(message._answer(), status)

    @http.route(
        f"{ROOT}/messages/<path:name>",
        type="http",
        auth="bearer",
        methods=["GET"],
        save_session=False,
        sitemap=False,
        readonly=True,
    )
    @_answering
    def answer(self, name, source="", **_kwargs):
        """Return what became of a message."""
        system = self._source(source)
        message = request.env["supplier.exchange.message"].search(
            [
                ("source_id", "=", system.id),
                ("name", "=", plain(name)),
                ("dry_run", "=", False),
            ],
            limit=1,
        )
        if not message:
            text = request.env._("There is no message %s.", name[:250])
            raise _Refused(404, "message_unknown", text)
        return self._json(message._answer(), 202 if message.state == "open" else 200)

    @http.route(
        f"{ROOT}/records/<string:kind>",
        type="http",
        auth="bearer",
        methods=["GET"],
        save_session=False,
        sitemap=False,
        # Not from a replica: it does not know who is writing at this moment.
        readonly=False,
    )
    @_answering
    def give(self, kind, source="", cursor="", limit="1000", files="", **_kwargs):
        """Return records of ours, a page at a time.

        :param str cursor: that of the answer before
        :param str limit: 1,000 at most
        :param str files: 1: documents come with their files
        """
        system = self._source(source)
        is_number = limit.isascii() and limit.isdigit() and len(limit) < LONG_NUMBER
        count = int(limit) if is_number else 0
        if not count:
            text = request.env._("The limit is a number from 1 to 1000.")
            raise _Refused(400, "limit", text)
        messages = request.env["supplier.exchange.message"]
        has_files = self._flag("files", files)
        try:
            page = messages.give(system, kind, cursor, min(count, 1000), has_files)
        except AccessError as error:
            raise _Refused(403, "not_allowed", str(error)) from error
        except UserError as error:
            raise _Refused(400, "refused", str(error)) from error
        return self._json(page)

    # ------------------------------------------------------------
    # Parts
    # ------------------------------------------------------------

    def _flag(self, name, text):
        """Return whether a parameter says yes: what is misspelt says neither."""
        try:
            return str2bool(text or "0")
        except ValueError as error:
            words = request.env._("“%(name)s” is 1 or 0.", name=name)
            raise _Refused(400, "parameter", words) from error

    def _body(self):
        found = request.httprequest
        too_large = request.env._(
            "The message is larger than %s MB. Send it in parts.",
            MOST_BYTES // 1024 // 1024,
        )
        if (found.content_length or 0) > MOST_BYTES:
            raise _Refused(413, "too_large", too_large)
        body = found.get_data(cache=False)
        if len(body) > MOST_BYTES:
            raise _Refused(413, "too_large", too_large)
        return body

    def _source(self, code):
        """Return the system of a code; others of the user's company are not told."""
        sources = request.env["supplier.exchange.source"]
        if not sources.has_access("read"):
            text = request.env._("You have no right to exchange records.")
            raise _Refused(403, "not_allowed", text)
        found = sources._find(code) if isinstance(code, str) and code else sources
        if not found:
            text = request.env._(
                "There is no system “%s”. Name it by its code, as “source”.",
                str(code or "")[:250],
            )
            raise _Refused(404, "source_unknown", text)
        return found

    def _json(self, values, status=200):
        text = json.dumps(values, ensure_ascii=False)
        headers = [
            ("Content-Type", "application/json; charset=utf-8"),
            ("Cache-Control", "no-store"),
        ]
        return request.make_response(text, headers, status=status)
