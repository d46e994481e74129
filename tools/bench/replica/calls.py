"""What the screens ask the server for, as the browser sends it."""

from __future__ import annotations

import itertools
import json
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar

from ... import network
from ...console import Failure

CARD = "supplier.scorecard"
LINE = "supplier.scorecard.line"
LISTED = {name: {} for name in ("partner_id", "score", "grade_id", "trend", "rank")}
# Those that tell what was published last.
PUBLISHED = ("overview", "heat map", "scorecards, list", "dimensions, groups")

Call = tuple[str, str, str, list, dict]


def calls(ids: dict) -> Iterator[Call]:
    """Yield ``(title, model, method, arguments, keywords)``."""
    template = {"template_id": ids["template"]}
    yield "overview", CARD, "retrieve_overview", [], template
    yield "heat map", CARD, "retrieve_heatmap", [], template
    yield "comparison", CARD, "retrieve_comparison", [ids["cards"]], {}
    yield "turnover", CARD, "retrieve_turnover", [ids["partners"]], {}
    yield "single sources", CARD, "retrieve_single_sources", [], {}
    yield "scorecard", CARD, "retrieve_card", [ids["cards"][:1]], {}
    yield "figure", LINE, "retrieve_figure", [ids["lines"][:1]], {}
    yield "figure, once more", LINE, "reconcile", [ids["lines"][:1]], {}
    yield "left out", LINE, "retrieve_left_out", [ids["lines"]], {}
    yield "supplier", "res.partner", "retrieve_360", [ids["partners"][:1]], {}
    yield "tier matrix", "supplier.tier.figure", "retrieve_matrix", [], {}
    yield "what if", "supplier.evaluation", "retrieve_what_if", [], template
    yield "goal", "supplier.goal", "retrieve_goal", [[ids["goal"]]], {}
    yield (
        "other vendors of an order",
        "purchase.order",
        "retrieve_supplier_alternatives",
        [[ids["order"]]],
        {},
    )
    yield (
        "choosing a vendor",
        "res.partner",
        "web_name_search",
        ["Supplier", {"display_name": {}}],
        {"context": {"res_partner_search_mode": "supplier"}, "limit": 8},
    )
    yield "models for a KPI", "supplier.kpi", "get_fact_models", [], {}
    yield (
        "states of activities",
        "ir.model.fields",
        "get_field_selection",
        ["supplier.incident", "activity_state"],
        {},
    )
    yield from _views(ids)


def _views(ids: dict) -> Iterator[Call]:
    """Lists, groups and forms: Odoo's own methods on our models."""
    latest = [
        ["template_id", "=", ids["template"]],
        ["evaluation_id.is_latest", "=", True],
    ]
    yield (
        "scorecards, list",
        CARD,
        "web_search_read",
        [latest, LISTED],
        {"limit": 80, "order": "id"},
    )
    yield (
        "dimensions, groups",
        "supplier.scorecard.dimension",
        "formatted_read_group",
        [latest, ["dimension"], ["score:avg", "__count"]],
        {},
    )
    last = [["reference", "=", "last"], ["exclusion", "=", False]]
    yield "savings, count", "supplier.saving.fact", "search_count", [last, 100], {}
    yield "scorecard, form", CARD, "web_read", [ids["cards"][:1], LISTED], {}
    yield "an empty list", CARD, "get_empty_list_help", [""], {}
    yield "incident, import", "supplier.incident", "get_import_templates", [], {}
    yield "document, import", "supplier.document", "get_import_templates", [], {}


class Browser:
    """A user who is logged in, as far as HTTP knows."""

    def __init__(self, port: int):
        self.base = f"http://{network.HOST}:{port}"
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(cookies)
        self._numbers = itertools.count(1)

    def log_in(self, db: str, login: str, password: str) -> Browser:
        params = {"db": db, "login": login, "password": password}
        self._post("/web/session/authenticate", params)
        return self

    def call(self, model: str, method: str, args: list, kwargs: dict) -> object:
        """What a method answers."""
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self._post(f"/web/dataset/call_kw/{model}/{method}", params)

    def _post(self, path: str, params: dict) -> object:
        body = {"jsonrpc": "2.0", "id": next(self._numbers), "params": params}
        request = urllib.request.Request(
            self.base + path,
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        with self._opener.open(request, timeout=120) as response:
            answer = json.load(response)
        if "error" in answer:
            error = answer["error"]
            said = error.get("data", {}).get("debug") or error["message"]
            raise Failure(f"Odoo refused {path}: {said}")
        return answer.get("result")
