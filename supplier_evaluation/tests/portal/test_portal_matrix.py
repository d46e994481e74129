import re

from odoo.exceptions import AccessError, MissingError
from odoo.tests import HttpCase, tagged

from .common import PDF, PortalCommon

MODELS = (
    "supplier.scorecard",
    "supplier.scorecard.line",
    "supplier.dispute",
    "supplier.document",
    "supplier.incident",
    "supplier.corrective.action",
    "supplier.corrective.action.step",
    "supplier.certification",
    "supplier.contract",
    "supplier.demand",
    "supplier.meeting",
    "supplier.meeting.point",
    "supplier.idea",
)
#: Where an identifier stands in an address, and of which model it is.
READ = {
    "scorecard": "supplier.scorecard",
    "figure": "supplier.scorecard.line",
    "dispute": "supplier.dispute",
    "incident": "supplier.incident",
    "action": "supplier.corrective.action",
    "certification": "supplier.certification",
    "contract": "supplier.contract",
    "meeting": "supplier.meeting",
}
SENT = {
    "figure/%s/dispute": "supplier.scorecard.line",
    "incident/%s/answer": "supplier.incident",
    "step/%s/answer": "supplier.corrective.action.step",
    "certification/%s/answer": "supplier.certification",
}
SAVED = {"figure/%s/records": "supplier.scorecard.line"}
LISTS = (
    "",
    "/scorecards",
    "/disputes",
    "/documents",
    "/incidents",
    "/actions",
    "/certifications",
    "/contracts",
    "/demand",
    "/meetings",
    "/ideas",
)
#: All of them but these go on on other pages.
PAGED = set(LISTS) - {"", "/documents"}


@tagged("post_install", "-at_install")
class TestPortalMatrix(PortalCommon, HttpCase):
    """Every route, model and file: what is not the supplier's own is not there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elsewhere = cls._create_company("Elsewhere", "UTC", "USD")
        cls.env.user.company_ids |= cls.elsewhere
        cls.env = cls.env(
            context={
                **cls.env.context,
                "allowed_company_ids": (cls.company | cls.elsewhere).ids,
            }
        )
        cls.own = cls._records(cls.supplier, cls.card, "ours")
        cls.strange = {
            "of another supplier": cls._records(cls.rival, cls.their_card, "theirs"),
            "not shown": cls._hidden(),
            "of another company": cls._of_elsewhere(),
        }
        cls.env.flush_all()

    @classmethod
    def _records(cls, supplier, card, user):
        incident, action, certification = cls._share_work(supplier)
        dispute = cls._dispute(user, card.line_ids, files=[("why.pdf", PDF)])
        meeting = cls._meeting_of(supplier)
        return {
            "supplier.idea": cls._idea_of(supplier),
            "supplier.meeting": meeting,
            "supplier.meeting.point": cls._point_of(meeting),
            "supplier.scorecard": card,
            "supplier.scorecard.line": card.line_ids,
            "supplier.dispute": dispute,
            "supplier.document": cls._document_of(supplier),
            "supplier.incident": incident,
            "supplier.corrective.action": action,
            "supplier.corrective.action.step": action.step_ids[0],
            "supplier.certification": certification,
            "supplier.contract": cls._contract_of(supplier),
            "supplier.demand": cls._demand_of(supplier),
        }

    @classmethod
    def _hidden(cls):
        """Of the same supplier and company, and never shown."""
        incident, action, certification = cls._share_work(cls.supplier, shown=False)
        secret = cls._create_template("Secret", ["otd"])
        evaluation = cls._evaluate(secret)
        evaluation.action_publish()
        unpublished = cls._create_template("Draft", ["otd"], is_in_portal=True)
        draft = cls._card_of(cls._evaluate(unpublished), cls.supplier)
        meeting = cls._meeting_of(cls.supplier, is_in_portal=False)
        both = cls._meeting_of(cls.supplier, other_partner_ids=cls.rival.ids)
        return {
            "supplier.idea": cls._idea_of(cls.supplier, sent_text=False),
            "supplier.meeting": meeting,
            "supplier.meeting.point": cls._point_of(meeting)
            | cls._point_of(both, shown=False),
            "supplier.scorecard": cls._card_of(evaluation, cls.supplier) | draft,
            "supplier.scorecard.line": draft.line_ids,
            "supplier.incident": incident,
            "supplier.corrective.action": action,
            "supplier.corrective.action.step": action.step_ids[0],
            "supplier.certification": certification,
            "supplier.contract": cls._contract_of(cls.supplier, is_in_portal=False)
            | cls._contract_of(cls.supplier, date_to="2021-01-01")
            | cls.env["supplier.contract"].union(
                *(
                    cls._contract_of(cls.supplier, state=state)
                    for state in ("draft", "to_approve", "ended", "terminated")
                )
            ),
            "supplier.demand": cls._demand_of(cls.supplier, months=2, shared=False)
            | cls._demand_of(cls.supplier, months=-1),
        }

    @classmethod
    def _of_elsewhere(cls):
        incident, action, certification = cls._share_work(cls.supplier, cls.elsewhere)
        meeting = cls._meeting_of(cls.supplier, cls.elsewhere)
        return {
            "supplier.idea": cls._idea_of(cls.supplier, cls.elsewhere),
            "supplier.meeting": meeting,
            "supplier.meeting.point": cls._point_of(meeting),
            "supplier.document": cls._document_of(cls.supplier, cls.elsewhere),
            "supplier.incident": incident,
            "supplier.corrective.action": action,
            "supplier.corrective.action.step": action.step_ids[0],
            "supplier.certification": certification,
            "supplier.contract": cls._contract_of(cls.supplier, cls.elsewhere),
            "supplier.demand": cls._demand_of(cls.supplier, cls.elsewhere),
        }

    def _all_strange(self):
        for why, records in self.strange.items():
            for model, some in records.items():
                for record in some:
                    yield why, model, record

    # ------------------------------------------------------------
    # Models
    # ------------------------------------------------------------

    def test_the_own_is_there(self):
        door = self._door("ours")
        for model in MODELS:
            with self.subTest(model=model):
                record = self.own[model]
                self.assertEqual(door._get(model, record.id).id, record.id)

    def test_the_strange_is_not(self):
        door = self._door("ours")
        for why, model, record in self._all_strange():
            with self.subTest(why=why, model=model), self.assertRaises(MissingError):
                door._get(model, record.id)

    def test_no_model_is_open(self):
        """Without the door, a portal user reads and writes nothing of ours."""
        access = self.env["ir.model.access"].sudo()
        ours = self.env["ir.model"].search([("model", "=like", "supplier.%")])
        portal = self.people["ours"]
        for model in ours.mapped("model"):
            if self.env[model]._abstract:
                continue
            with self.subTest(model=model):
                for mode in ("read", "write", "create", "unlink"):
                    allowed = access.with_user(portal).check(model, mode, False)
                    self.assertFalse(allowed)

    def test_the_door_has_no_handle(self):
        """No client calls it: what it does begins with an underscore."""
        door = self.env["supplier.portal"]
        own = {
            name
            for cls in type(door).mro()
            if "supplier_evaluation" in cls.__module__
            for name in vars(cls)
            if callable(getattr(cls, name)) and not name.startswith("_")
        }
        self.assertEqual(own - set(dir(self.env["base"])), set())

    def test_nobody_else_has_a_supplier(self):
        for user in (self.people["buyer"], self.people["manager"], self.env.user):
            with self.subTest(user=user.login):
                door = self._door(user)
                self.assertFalse(door._supplier())
                for model in READ.values():
                    if model != "supplier.scorecard.line":
                        self.assertFalse(door._find(model))

    def test_a_company_below_is_a_supplier_of_its_own(self):
        daughter = self._create_supplier("Daughter", parent_id=self.supplier.id)
        incident, *_others = self._share_work(daughter)
        with self.assertRaises(MissingError):
            self._door("ours")._get("supplier.incident", incident.id)

    # ------------------------------------------------------------
    # Routes
    # ------------------------------------------------------------

    def test_every_route_is_tested(self):
        """A new address of the portal belongs into the tables of this test."""
        rules = self.env["ir.http"].routing_map().iter_rules()
        found = {
            str(rule.rule)
            for rule in rules
            if str(rule.rule).startswith("/my/supplier")
        }
        known = {f"/my/supplier{each}" for each in LISTS}
        known |= {f"/my/supplier{each}/page/<id>" for each in PAGED}
        names = {
            **{f"{page}/%s": model for page, model in READ.items()},
            **SENT,
            **SAVED,
            "documents/%s": "",
            "ideas/send": "",
            "file/%s": "",
        }
        patterns = {"/my/supplier/" + each.replace("%s", "<id>") for each in names}

        found = {re.sub(r"<int:\w+>", "<id>", rule) for rule in found}
        self.assertEqual(found, known | patterns)

    def test_own_pages(self):
        for each in LISTS:
            with self.subTest(page=each):
                page = self._page(f"/my/supplier{each}")
                self.assertEqual(page.status_code, 200)
                self.assertNotIn("Rival Works", page.text)
                self.assertNotIn("Elsewhere", page.text)
        for name, model in READ.items():
            with self.subTest(page=name):
                page = self._page(f"/my/supplier/{name}/{self.own[model].id}")
                self.assertEqual(page.status_code, 200, page.text[-2000:])
                self.assertNotIn("Rival Works", page.text)

    def test_strange_pages(self):
        """What is of others answers as what never was."""
        self.authenticate("portal_ours", "portal_ours")
        addresses = {model: name for name, model in READ.items()}
        for why, model, record in self._all_strange():
            if model in addresses:
                with self.subTest(why=why, model=model):
                    url = f"/my/supplier/{addresses[model]}/"
                    page = self.url_open(f"{url}{record.id}?access_token=1")
                    never = self.url_open(f"{url}999999999")
                    self.assertEqual(page.status_code, 404)
                    self.assertEqual(never.status_code, 404)

    def test_strange_files(self):
        self.authenticate("portal_ours", "portal_ours")
        for why, model, record in self._all_strange():
            for url, of_model in SAVED.items():
                if of_model == model:
                    with self.subTest(why=why, url=url):
                        page = self.url_open(f"/my/supplier/{url % record.id}")
                        self.assertEqual(page.status_code, 404)

    def test_strange_posts(self):
        for why, model, record in self._all_strange():
            for url, of_model in SENT.items():
                if of_model == model:
                    with self.subTest(why=why, url=url):
                        values = {"text": "Ours", "reason": "Ours"}
                        page = self._post(f"/my/supplier/{url % record.id}", values)
                        self.assertEqual(page.status_code, 404)
        texts = self.env["mail.message"].search([("body", "like", "Ours")])
        self.assertFalse(texts)

    def test_document_of_a_type_that_is_not_asked(self):
        kind = self.env["supplier.document.type"].create({"name": "X", "code": "x"})
        files = {"files": ("a.pdf", PDF, "application/pdf")}
        page = self._post(f"/my/supplier/documents/{kind.id}", files=files)
        self.assertEqual(page.status_code, 404)

    def test_without_a_login(self):
        self.authenticate(None, None)
        for each in (*LISTS, f"/scorecard/{self.card.id}", "/file/1"):
            page = self.url_open(f"/my/supplier{each}", allow_redirects=False)
            self.assertIn(page.status_code, (302, 303), each)

    def test_without_token(self):
        """A form that another site sends is refused."""
        self.authenticate("portal_ours", "portal_ours")
        url = f"/my/supplier/figure/{self.line.id}/dispute"
        page = self.url_open(url, data={"reason": "Forged", "csrf_token": "x"})
        self.assertEqual(page.status_code, 400)

    # ------------------------------------------------------------
    # Records behind a figure, and files
    # ------------------------------------------------------------

    def test_figure(self):
        figure = self._door("ours")._figure(self.line.sudo())
        ids = {row["id"] for row in figure["counted"] + figure["left_out"]}
        self.assertEqual(ids, {self.late.id * 2, self.good.id * 2})
        with self.assertRaises(MissingError):
            self._door("ours")._fact(self.line.sudo(), self.other.id * 2)

    def test_nothing_of_peers(self):
        """Neither rank nor the others' figures are anywhere on the pages."""
        values = self._door("ours")._card(self.card.sudo())
        shown = {*values, *values["lines"][0]}
        self.assertFalse({"rank", "peer_value", "ranked_count"} & shown)

    def test_files(self):
        door = self._door("ours")
        theirs = self.strange["of another supplier"]["supplier.dispute"]
        [own] = door._files(self.own["supplier.dispute"].sudo())
        [other] = self._door("theirs")._files(theirs.sudo())
        internal = self.env["ir.attachment"].create(
            {
                "name": "costs.pdf",
                "raw": PDF,
                "res_model": "supplier.incident",
                "res_id": self.own["supplier.incident"].id,
            }
        )
        loose = self.env["ir.attachment"].create({"name": "loose.pdf", "raw": PDF})
        papers = self.env["ir.attachment"].search(
            [("res_model", "=", "supplier.document"), ("res_field", "=", "file")]
        )
        mine = papers.filtered(
            lambda one: one.res_id == self.own["supplier.document"].id
        )
        self.assertEqual(self._page(f"/my/supplier/file/{own.id}").status_code, 200)
        self.assertEqual(self._page(f"/my/supplier/file/{mine.id}").status_code, 200)
        for file in (other, internal, loose, *(papers - mine)):
            with self.subTest(file=file.name):
                page = self._page(f"/my/supplier/file/{file.id}")
                self.assertEqual(page.status_code, 404)
        # Nor by the address that Odoo itself has for files.
        content = self.url_open(f"/web/content/{other.id}")
        self.assertEqual(content.status_code, 404)
        with self.assertRaises(AccessError):
            other.with_user(self.people["ours"]).check_access("read")
