from functools import wraps
from itertools import islice

from odoo.exceptions import MissingError, UserError
from odoo.http import content_disposition, request, route

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

from ..scorecard.scorecard_export import XLSX
from .saving import workbook

FLASH = "supplier_portal_flash"
# As many texts, and as much of each, as a form of ours takes.
KEPT_TEXTS, KEPT = 200, 5000
VIEW = "supplier_evaluation.supplier_portal_"


def numbered(url):
    """Return the addresses of a list: of its first page, and of any."""
    return url, f"{url}/page/<int:number>"


def page(*urls, **options):
    """Return the decorator of a page of suppliers: for whoever is logged in.

    What is not theirs and what is not there gets the same answer.
    """

    def decorate(method):
        @route(urls, type="http", auth="user", website=True, **options)
        @wraps(method)
        def answer(self, *args, **kwargs):
            try:
                return method(self, *args, **kwargs)
            except MissingError:
                return request.not_found()

        return answer

    return decorate


class SupplierPortal(CustomerPortal):
    """The pages of suppliers. What they show is asked of ``supplier.portal`` only."""

    # ------------------------------------------------------------
    # Shared by the pages
    # ------------------------------------------------------------

    def _door(self):
        return request.env["supplier.portal"]

    def _show(self, name, **values):
        """Render a page, with what was said of what was sent before.

        A form that was refused has again what was typed into it.
        """
        flash = request.session.pop(FLASH, None) or {}
        layout = self._prepare_portal_layout_values()
        typed = flash.get("typed", {})
        values = {
            "flash": flash,
            "typed_in": lambda url: typed.get(url, {}),
            "file_name": self._door()._file_name,
            **layout,
            "page_name": "supplier",
            **values,
        }
        response = request.render(f"{VIEW}{name}", values)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response

    def _list(self, model, name, number, **options):
        """Return what stands on a page of a list, and the way to the other pages.

        :param str model: one of what the door shows
        :param str name: of the list, as it stands in its address
        :param int number: of the page
        :param options: of ``search``
        """
        door, step = self._door(), self._items_per_page
        url, total = f"/my/supplier/{name}", door._count(model)
        pager = portal_pager(url, total, page=number, step=step)
        found = door._find(model, limit=step, offset=pager["offset"], **options)
        return found, pager

    def _send(self, url, send, done):
        """Do what was sent, and go back to a page that says what became of it.

        :param str url: of the page
        :param send: does it
        :param str done: what is said when it is done
        """
        flash = {"kind": "success", "text": done}
        try:
            with request.env.cr.savepoint():
                send()
                request.env.flush_all()
        except MissingError:
            raise
        except UserError as error:
            texts = islice(self._texts().items(), KEPT_TEXTS)
            typed = {name: text[:KEPT] for name, text in texts}
            typed.pop("csrf_token", None)
            flash = {
                "kind": "danger",
                "text": str(error),
                "typed": {request.httprequest.path: typed},
            }
        request.session[FLASH] = flash
        return request.redirect(url)

    def _texts(self):
        """Return what was sent as texts: any input can come as a file instead."""
        return request.httprequest.form.to_dict()

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "supplier_count" in counters:
            values["supplier_count"] = int(self._door()._has_pages())
        return values

    # ------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------

    @page("/my/supplier", methods=["GET"])
    def supplier_home(self):
        """What waits, what is announced, and the newest scorecards."""
        door = self._door()
        cards = door._find("supplier.scorecard", order="date_to desc, id desc", limit=3)
        return self._show(
            "home",
            waiting=door._waiting(),
            shared=door._shared(),
            announcements=door._announcements(),
            cards=door._cards(cards),
        )

    @page(*numbered("/my/supplier/scorecards"), methods=["GET"])
    def supplier_scorecards(self, number=1):
        """All published scorecards that are shared."""
        order = "date_to desc, id desc"
        cards, pager = self._list(
            "supplier.scorecard", "scorecards", number, order=order
        )
        return self._show("scorecards", cards=self._door()._cards(cards), pager=pager)

    @page("/my/supplier/scorecard/<int:card_id>", methods=["GET"])
    def supplier_scorecard(self, card_id):
        """One scorecard, with its figures in words."""
        door = self._door()
        card = door._get("supplier.scorecard", card_id)
        return self._show("scorecard", card=door._card(card))

    @page("/my/supplier/figure/<int:line_id>", methods=["GET"])
    def supplier_figure(self, line_id, record=None):
        """One figure with the supplier's own records, and the form to dispute it."""
        door = self._door()
        line = door._get("supplier.scorecard.line", line_id)
        disputed = None
        if record and record.isascii() and record.isdigit():
            disputed = int(record[:18])
        return self._show(
            "figure",
            card=door._card(line.scorecard_id),
            line=door._line(line),
            figure=door._figure(line),
            disputes=door._find(
                "supplier.dispute", [("scorecard_line_id", "=", line.id)]
            ),
            reason=door._why_not_shown(line),
            record=disputed,
        )

    @page("/my/supplier/figure/<int:line_id>/records", methods=["GET"])
    def supplier_figure_records(self, line_id):
        """The records behind a figure, to keep and to compare with one's own."""
        door = self._door()
        line = door._get("supplier.scorecard.line", line_id)
        saved = door._saved(line)
        if not saved:
            return request.not_found()
        name = f"{line.scorecard_id.period_label} {line.kpi_id.name}.xlsx"
        return request.make_response(
            workbook(request.env, line, saved),
            [
                ("Content-Type", XLSX),
                ("Content-Disposition", content_disposition(name.replace("/", "-"))),
                ("Cache-Control", "no-store"),
            ],
        )

    @page(*numbered("/my/supplier/disputes"), methods=["GET"])
    def supplier_disputes(self, number=1):
        """All disputes of the supplier, and what was answered."""
        disputes, pager = self._list("supplier.dispute", "disputes", number)
        return self._show("disputes", disputes=disputes, pager=pager)

    @page("/my/supplier/dispute/<int:dispute_id>", methods=["GET"])
    def supplier_dispute(self, dispute_id):
        """One dispute: what was said, how it was decided, and the revision."""
        door = self._door()
        dispute = door._get("supplier.dispute", dispute_id)
        revised = dispute.revised_line_id
        both = dispute.scorecard_id | revised.scorecard_id
        shown = door._find("supplier.scorecard", [("id", "in", both.ids)])
        return self._show(
            "dispute",
            dispute=dispute,
            card=dispute.scorecard_id & shown,
            revised=revised.scorecard_id & shown and revised,
            files=door._files(dispute),
        )

    @page("/my/supplier/documents", methods=["GET"])
    def supplier_documents(self):
        """What is asked for, what there is, and until when it holds."""
        door = self._door()
        rows, companies = door._papers(), door._companies()
        documents = request.env["supplier.document"].sudo()
        files = door._files_of(documents.union(*(row["document"] for row in rows)))
        return self._show(
            "documents", rows=rows, all_files=files, several=len(companies) > 1
        )

    @page(*numbered("/my/supplier/incidents"), methods=["GET"])
    def supplier_incidents(self, number=1):
        """The incidents that are shown."""
        incidents, pager = self._list("supplier.incident", "incidents", number)
        return self._show("incidents", incidents=incidents, pager=pager)

    @page("/my/supplier/incident/<int:incident_id>", methods=["GET"])
    def supplier_incident(self, incident_id):
        """One incident, with what the supplier answered so far."""
        door = self._door()
        incident = door._get("supplier.incident", incident_id)
        return self._show(
            "incident",
            incident=incident,
            answers=door._answers(incident),
            files=door._files(incident),
        )

    @page(*numbered("/my/supplier/actions"), methods=["GET"])
    def supplier_actions(self, number=1):
        """The corrective actions that are shown."""
        actions, pager = self._list("supplier.corrective.action", "actions", number)
        return self._show("actions", actions=actions, pager=pager)

    @page("/my/supplier/action/<int:action_id>", methods=["GET"])
    def supplier_action(self, action_id):
        """One corrective action, with its steps."""
        door = self._door()
        action = door._get("supplier.corrective.action", action_id)
        files = door._files_of(action.step_ids)
        return self._show("action", action=action, all_files=files)

    @page(*numbered("/my/supplier/certifications"), methods=["GET"])
    def supplier_certifications(self, number=1):
        """The certifications that are shown."""
        found, pager = self._list("supplier.certification", "certifications", number)
        return self._show("certifications", certifications=found, pager=pager)

    @page("/my/supplier/certification/<int:certification_id>", methods=["GET"])
    def supplier_certification(self, certification_id):
        """One certification: its state, and the self-assessment."""
        certification = self._door()._get("supplier.certification", certification_id)
        token = certification.verification_token
        return self._show(
            "certification",
            certification=certification,
            certificate=token and certification.state in ("certified", "conditional"),
        )

    @page(*numbered("/my/supplier/contracts"), methods=["GET"])
    def supplier_contracts(self, number=1):
        """The contracts in force that are shared."""
        contracts, pager = self._list("supplier.contract", "contracts", number)
        return self._show("contracts", contracts=contracts, pager=pager)

    @page("/my/supplier/contract/<int:contract_id>", methods=["GET"])
    def supplier_contract(self, contract_id):
        """One contract: its dates, what is agreed, and its files."""
        door = self._door()
        contract = door._get("supplier.contract", contract_id)
        return self._show(
            "contract", contract=door._contract(contract), files=door._files(contract)
        )

    @page(*numbered("/my/supplier/demand"), methods=["GET"])
    def supplier_demand(self, number=1):
        """What we expect to need from this month on, as far as it is shared."""
        order = "month, product_id, id"
        rows, pager = self._list("supplier.demand", "demand", number, order=order)
        door = self._door()
        return self._show(
            "demand",
            months=door._demand_months(rows),
            several=len(door._companies()) > 1,
            pager=pager,
        )

    @page(*numbered("/my/supplier/meetings"), methods=["GET"])
    def supplier_meetings(self, number=1):
        """The meetings that are shared with the party."""
        meetings, pager = self._list("supplier.meeting", "meetings", number)
        return self._show("meetings", meetings=meetings, pager=pager)

    @page("/my/supplier/meeting/<int:meeting_id>", methods=["GET"])
    def supplier_meeting(self, meeting_id):
        """One meeting: topics, files and decisions that are shown to the party."""
        door = self._door()
        meeting = door._get("supplier.meeting", meeting_id)
        return self._show("meeting", meeting=door._meeting(meeting))

    @page(*numbered("/my/supplier/ideas"), methods=["GET"])
    def supplier_ideas(self, number=1):
        """The ideas that the supplier sent, what became of them, and a form."""
        ideas, pager = self._list("supplier.idea", "ideas", number)
        door = self._door()
        return self._show(
            "ideas",
            ideas=door._ideas(ideas),
            kinds=door._idea_kinds(),
            companies=door._idea_companies(),
            pager=pager,
        )

    @page("/my/supplier/file/<int:file_id>", methods=["GET"])
    def supplier_file(self, file_id):
        """A file, to be saved: no browser runs what is in it."""
        door = self._door()
        file = door._get_file(file_id)
        stream = request.env["ir.binary"].sudo()._get_stream_from(file)
        stream.download_name = door._file_name(file)
        response = stream.get_response(
            as_attachment=True, content_security_policy="default-src 'none'; sandbox"
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "no-store"
        return response
