"""Servers that behave as the public documentation of each system says.

Each has five records, in pages of two: ``rows`` may be changed by a test. What a system
says where it is busy, or where a token is over, is in its own words.
"""

import hashlib
import json

from ..outbox.server import Reply

ROWS = [
    {"id": str(number), "name": f"Feed Supplier {number}"} for number in range(1, 6)
]
NAMES = [row["name"] for row in ROWS]
HUGE = Reply(b"[]", Content_Length="30000000")
ELSEWHERE = Reply(status=302, Location="http://other.example/")


class System:
    """A system of which nothing is known but a key.

    :param str url: of the server
    """

    preset = "json"
    label = "json"
    fields = (("id", "id"), ("name", "name"))
    #: Whether a token is fetched with the key, which may be over.
    has_tokens = False
    #: Whether it says itself where its records end.
    open_end = True
    #: What cannot be read, and the words for it.
    broken = (Reply("{"), "no JSON")
    busy = Reply(status=429, Retry_After="0")
    over = Reply(status=401)
    #: Answers that are read as nothing else.
    wrong = ()

    def __init__(self, url):
        self.url, self.rows = url, [dict(row) for row in ROWS]
        self.tokens = []

    def values(self):
        """Return the values of its connector."""
        return {"url": self.url}

    def prepare(self, env, company):
        """Make what there has to be of it in Odoo."""

    def taken(self, env):
        """Return the names of what came, in order."""
        found = env["res.partner"].search([("name", "like", "Feed Supplier")])
        return sorted(found.mapped("name"))

    def is_login(self, asked):
        return False

    def answer(self, asked):
        """Return what it says to a question."""
        if asked.headers.get("authorization") != "Bearer K3Y":
            return self.over
        return Reply({"data": self._page(asked)})

    def _page(self, asked):
        page, size = int(asked.query["page"]), int(asked.query["page_size"])
        return self.rows[(page - 1) * size : page * size]

    def _new_token(self):
        self.tokens.append(f"T{len(self.tokens)}")
        return self.tokens[-1]


class Json(System):
    wrong = ([], {"data": None}, {"data": {}}, {"data": ["x"]}, {"data": [[]]})


class JsonWithTokens(System):
    label = "json with tokens"
    has_tokens = True

    def values(self):
        own = {"login": "C", "secret": "S", "key": False}
        return {"url": self.url, "login_url": f"{self.url}/token", **own}

    def is_login(self, asked):
        return asked.path == "/token"

    def answer(self, asked):
        if self.is_login(asked):
            if b"client_secret=S" not in asked.body:
                return Reply({"error": "invalid_client"}, 401)
            return Reply({"access_token": self._new_token(), "expires_in": 60})
        if asked.headers.get("authorization") != f"Bearer {self.tokens[-1]}":
            return self.over
        return Reply({"data": self._page(asked)})


class Csv(System):
    preset = label = "csv"
    open_end = False
    broken = (Reply(b"id,name\n1,\xff\xff\xff"), "has no")

    def answer(self, asked):
        if asked.headers.get("authorization") != "Bearer K3Y":
            return self.over
        lines = ["id,name", *(f"{row['id']},{row['name']}" for row in self.rows)]
        return Reply("\n".join(lines).encode("utf-8", "ignore"))


class Hub(System):
    preset = label = "hub"
    fields = ()
    open_end = False
    wrong = (
        [],
        {"files": {}},
        {"files": ["a"]},
        {"files": [{"name": "a.ndjson"}]},
        {"files": [{"name": "a.ndjson", "sha256": ["x"]}]},
        {"files": [{"name": ["a"], "sha256": "x"}]},
        {"files": [{"name": "a.ndjson", "sha256": "x", "records": "5"}]},
    )

    def values(self):
        return {"url": f"{self.url}/hub/manifest.json"}

    def answer(self, asked):
        if asked.headers.get("authorization") != "Bearer K3Y":
            return self.over
        files = {"a.ndjson": self._lines(0, 3), "b.ndjson": self._lines(3, None)}
        name = asked.path.rpartition("/")[2]
        if name in files:
            return Reply(files[name])
        named = [
            {
                "name": name,
                "sha256": hashlib.sha256(body).hexdigest(),
                "records": len(body.splitlines()),
            }
            for name, body in files.items()
        ]
        return Reply({"files": named})

    def _lines(self, start, end):
        return "\n".join(
            json.dumps({"kind": "supplier", **row}) for row in self.rows[start:end]
        ).encode()


class Zoho(System):
    preset = label = "zoho"
    fields = (("id", "id"), ("name", "Vendor_Name"))
    has_tokens = True
    busy = Reply({"code": "TOO_MANY_REQUESTS", "status": "error"}, 429)
    over = Reply({"code": "INVALID_TOKEN", "status": "error"}, 401)
    wrong = (
        [],
        {"data": {}},
        {"data": [], "info": []},
        {"data": [], "info": {"next_page_token": ["x"]}},
        {"data": [], "info": {"more_records": True}},
    )

    def values(self):
        own = {"login": "C", "secret": "S", "object_name": "Vendors"}
        return {"url": self.url, "login_url": self.url, **own}

    def is_login(self, asked):
        return asked.path == "/oauth/v2/token"

    def answer(self, asked):
        if self.is_login(asked):
            if b"refresh_token=K3Y" not in asked.body:
                return Reply({"error": "invalid_code"})
            return Reply({"access_token": self._new_token(), "expires_in": 3600})
        wanted = f"Zoho-oauthtoken {self.tokens[-1]}"
        if asked.headers.get("authorization") != wanted:
            return self.over
        start = int(asked.query.get("page_token", 0))
        end = start + int(asked.query["per_page"])
        more = end < len(self.rows)
        info = {"more_records": more, "next_page_token": str(end) if more else None}
        data = [
            {"id": row["id"], "Vendor_Name": row["name"]}
            for row in self.rows[start:end]
        ]
        return Reply({"data": data, "info": info})


class Fxiaoke(System):
    preset = label = "fxiaoke"
    has_tokens = True
    busy = Reply({"errorCode": -1, "errorMessage": "system busy"})
    over = Reply({"errorCode": 20016, "errorMessage": "token expired"})
    wrong = (
        [],
        {"errorCode": [0]},
        {"errorCode": "0"},
        {"errorCode": 0, "data": []},
        {"errorCode": 0, "data": {"dataList": {}}},
        {"errorCode": 0, "data": {"dataList": [], "total": "5"}},
        {"errorCode": 0, "data": {"dataList": [], "total": 5}},
    )

    def values(self):
        own = {"login": "A", "secret": "S", "app": "U", "object_name": "AccountObj"}
        return {"url": self.url, **own}

    def is_login(self, asked):
        return asked.path == "/cgi/corpAccessToken/get/V2"

    def answer(self, asked):
        content = asked.json()
        if self.is_login(asked):
            if content.get("permanentCode") != "K3Y":
                return Reply({"errorCode": 10001, "errorMessage": "wrong code"})
            token = {"corpAccessToken": self._new_token(), "corpId": "F"}
            return Reply({"errorCode": 0, **token})
        if content["corpAccessToken"] != self.tokens[-1]:
            return self.over
        query = content["data"]["search_query_info"]
        rows = self.rows[query["offset"] : query["offset"] + query["limit"]]
        data = {"dataList": rows, "total": len(self.rows)}
        return Reply({"errorCode": 0, "data": data})


class Jiandaoyun(System):
    preset = label = "jiandaoyun"
    fields = (("id", "_id"), ("name", "name"))
    busy = Reply({"code": 8303, "msg": "Company Request Limit Exceeded"}, 400)
    wrong = ([], {"data": None}, {"data": {}}, {"data": [{}, {}]})

    def values(self):
        return {"url": self.url, "app": "A", "object_name": "E"}

    def answer(self, asked):
        if asked.headers.get("authorization") != "Bearer K3Y":
            return self.over
        content = asked.json()
        ids = [row["id"] for row in self.rows]
        last = content.get("data_id")
        start = ids.index(last) + 1 if last else 0
        rows = self.rows[start : start + content["limit"]]
        return Reply({"data": [{**row, "_id": row["id"]} for row in rows]})


class Tianyancha(System):
    """Three cases of one company, none of another, and two of a third."""

    preset = label = "tianyancha"
    fields = (
        ("id", "", "hash"),
        ("supplier_registry_number", "_subject"),
        ("type", "litigation", "text"),
        ("title", "title"),
        ("date", "submittime", "milliseconds"),
    )
    busy = Reply({"error_code": 300004, "reason": "访问频率过快"})
    over = Reply({"error_code": 300002, "reason": "账号失效"})
    wrong = (
        [],
        {"error_code": [0]},
        {"error_code": "0"},
        {"error_code": 0, "result": [{"title": "x"}]},
        {"error_code": 0, "result": {"total": "3", "items": []}},
        {"error_code": 0, "result": {"total": 3, "items": []}},
        {"error_code": 0, "result": {"total": 3, "items": None}},
        {"error_code": 0, "result": {"total": 3, "items": ["x"]}},
    )
    registers = ("FEED-1", "FEED-2", "FEED-3")

    def values(self):
        return {"url": self.url, "object_name": "/law", "kind": "risk_signal"}

    def prepare(self, env, company):
        # Nobody else is asked about.
        known = env["res.partner"].search([("company_registry", "!=", False)])
        known.company_registry = False
        env["res.partner"].create(
            [
                {"name": f"R {name}", "supplier_rank": 1, "company_registry": name}
                for name in self.registers
            ]
        )

    def taken(self, env):
        found = env["supplier.risk.signal"].search([("name", "like", "Feed Supplier")])
        return sorted(found.mapped("name"))

    def answer(self, asked):
        if asked.headers.get("authorization") != "K3Y":
            return self.over
        first, _none, third = self.registers
        cases = {first: self.rows[:3], third: self.rows[3:]}
        own = cases.get(asked.query["keyword"])
        if not own:
            return Reply({"error_code": 300000, "reason": "经查无结果"})
        page, size = int(asked.query["pageNum"]), int(asked.query["pageSize"])
        items = [
            {"title": row["name"], "submittime": 1_700_000_000_000}
            for row in own[(page - 1) * size : page * size]
        ]
        result = {"total": len(own), "items": items}
        return Reply({"error_code": 0, "reason": "ok", "result": result})


SYSTEMS = (Json, JsonWithTokens, Csv, Hub, Zoho, Fxiaoke, Jiandaoyun, Tianyancha)
