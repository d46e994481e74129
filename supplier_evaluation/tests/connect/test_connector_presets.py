import hashlib
import json
from dataclasses import replace

from odoo.tests import Form, tagged

from ..outbox.server import Reply
from .common import ConnectCommon

ROWS = [{"id": str(n), "name": f"Feed Supplier {n}"} for n in range(1, 6)]
NAMES = [row["name"] for row in ROWS]


@tagged("post_install", "-at_install")
class TestConnectorPresets(ConnectCommon):
    """Each reads a server that behaves as its documentation says."""

    def _system(self, asked):
        return self.play(asked)

    def _twice(self, connector, count=5):
        """Read it twice: the second time nothing changes."""
        self.assertEqual(self._run(connector).created_count, count)
        again = self._run(connector)
        self.assertEqual(again.created_count + again.updated_count, 0)
        self.assertEqual(again.refused_count, 0)

    def test_zoho(self):
        tokens = []

        def play(asked):
            if asked.path == "/oauth/v2/token":
                self.assertIn(b"grant_type=refresh_token", asked.body)
                tokens.append(f"T{len(tokens)}")
                return Reply({"access_token": tokens[-1], "expires_in": 3600})
            # The first token is over at once.
            if asked.headers["authorization"] != "Zoho-oauthtoken T1":
                return Reply({"code": "INVALID_TOKEN"}, 401)
            self.assertEqual(asked.path, "/crm/v5/Vendors")
            self.assertEqual(asked.query["fields"], "id,Vendor_Name")
            start = int(asked.query.get("page_token", 0))
            end = start + int(asked.query["per_page"])
            info = {"more_records": end < 5}
            info["next_page_token"] = str(end) if end < 5 else None
            data = [
                {"id": row["id"], "Vendor_Name": row["name"]} for row in ROWS[start:end]
            ]
            return Reply({"data": data, "info": info})

        self.play = play
        connector = self._connector(
            "zoho",
            [("id", "id"), ("name", "Vendor_Name")],
            login_url=self.server.url,
            login="C",
            secret="S",
            object_name="Vendors",
        )
        self.assertEqual(self._run(connector).created_count, 5)
        self.assertEqual(self._taken(), NAMES)
        self.assertEqual(tokens, ["T0", "T1"])

    def test_zoho_with_nothing(self):
        self.play = lambda asked: (
            Reply({"access_token": "T"})
            if asked.method == "POST"
            else Reply(status=204)
        )
        connector = self._connector("zoho", login_url=self.server.url)
        self.assertEqual(self._run(connector).record_count, 0)

    def test_zoho_refuses_the_refresh_token(self):
        self.play = lambda asked: Reply({"error": "invalid_code"})
        connector = self._connector("zoho", login_url=self.server.url)
        self._run(connector, fails="refuses our credentials")

    def test_fxiaoke(self):
        tokens = []

        def play(asked):
            content = asked.json()
            if asked.path == "/cgi/corpAccessToken/get/V2":
                self.assertEqual(
                    content, {"appId": "A", "appSecret": "S", "permanentCode": "K3Y"}
                )
                tokens.append(f"T{len(tokens)}")
                return Reply(
                    {"errorCode": 0, "corpAccessToken": tokens[-1], "corpId": "F"}
                )
            if content["corpAccessToken"] == "T0":
                return Reply({"errorCode": 20016, "errorMessage": "token expired"})
            self.assertEqual(content["currentOpenUserId"], "U")
            self.assertEqual(content["data"]["dataObjectApiName"], "AccountObj")
            query = content["data"]["search_query_info"]
            rows = ROWS[query["offset"] : query["offset"] + query["limit"]]
            return Reply({"errorCode": 0, "data": {"dataList": rows, "total": 5}})

        self.play = play
        connector = self._connector(
            "fxiaoke", login="A", secret="S", app="U", object_name="AccountObj"
        )
        self.assertEqual(self._run(connector).created_count, 5)
        self.assertEqual(tokens, ["T0", "T1"])

    def test_fxiaoke_error_in_an_answer_of_200(self):
        self.play = lambda asked: Reply(
            {"errorCode": 10006, "errorMessage": "no right"}
        )
        self._run(self._connector("fxiaoke"), fails="no right")

    def test_jiandaoyun(self):
        def play(asked):
            content = asked.json()
            self.assertEqual(asked.headers["authorization"], "Bearer K3Y")
            self.assertEqual((content["app_id"], content["entry_id"]), ("A", "E"))
            last = int(content.get("data_id", 0))
            rows = ROWS[last : last + content["limit"]]
            return Reply({"data": [{**row, "_id": row["id"]} for row in rows]})

        self.play = play
        connector = self._connector(
            "jiandaoyun", [("id", "_id"), ("name", "name")], app="A", object_name="E"
        )
        self._twice(connector)
        self.assertEqual(self._taken(), NAMES)

    def test_csv(self):
        lines = ["id;name", *(f"{row['id']};{row['name']}" for row in ROWS)]
        self.play = lambda asked: Reply("\n".join(lines).encode("utf-8-sig"))
        self._twice(self._connector("csv"))
        self.assertEqual(self._taken(), NAMES)

    def test_csv_of_an_older_chinese_system(self):
        self.play = lambda asked: Reply("id,name\n1,宁波轴承\n".encode("gb18030"))
        self._run(self._connector("csv"))
        self.assertTrue(self.env["res.partner"].search([("name", "=", "宁波轴承")]))

    def _hub(self, broken=False):
        files = {
            "a.ndjson": "\n".join(
                json.dumps({"kind": "supplier", **row}) for row in ROWS[:3]
            ).encode(),
            "b.ndjson": "\n".join(
                json.dumps({"kind": "supplier", **row}) for row in ROWS[3:]
            ).encode(),
        }
        manifest = [
            {
                "name": name,
                "sha256": hashlib.sha256(body).hexdigest(),
                "records": body.count(b"\n") + 1,
            }
            for name, body in files.items()
        ]
        if broken:
            files["b.ndjson"] += b"\n{}"

        def play(asked):
            name = asked.path.rpartition("/")[2]
            if name == "manifest.json":
                return Reply({"files": manifest})
            return Reply(files[name])

        self.play = play
        return self._connector("hub", [], url=f"{self.server.url}/hub/manifest.json")

    def test_hub(self):
        connector = self._hub()
        self.assertEqual(self._run(connector).created_count, 5)
        count = len(self.server.asked)
        self.assertEqual(self._run(connector).record_count, 0)
        # Only the manifest was read again.
        self.assertEqual(len(self.server.asked), count + 1)

    def test_hub_with_a_file_that_is_not_as_the_manifest_says(self):
        connector = self._hub(broken=True)
        self._run(connector, fails="not as the manifest says")
        self.assertEqual(self._taken(), NAMES[:3])

    def test_tianyancha(self):
        partner = self.env["res.partner"].create(
            {
                "name": "Feed Register",
                "is_company": True,
                "supplier_rank": 1,
                "company_registry": "91430100MA4M76GY99",
            }
        )
        asked_about = set()

        def play(asked):
            self.assertEqual(asked.headers["authorization"], "K3Y")
            subject = asked.query["keyword"]
            asked_about.add(subject)
            if subject != partner.company_registry:
                return Reply({"error_code": 300000, "reason": "无数据"})
            start = (int(asked.query["pageNum"]) - 1) * int(asked.query["pageSize"])
            items = [
                {"title": f"Case {n}", "submittime": 1_700_000_000_000}
                for n in range(3)
            ]
            page = items[start : start + int(asked.query["pageSize"])]
            return Reply({"error_code": 0, "result": {"total": 3, "items": page}})

        self.play = play
        feed = self._connector(
            "tianyancha", [("id", "", "hash"), ("name", "title")], object_name="/x"
        )._feed()
        rows, cursor, more = [], {}, True
        while more:
            page = feed.page(cursor)
            rows += page.rows
            cursor, more = page.cursor, page.more
        self.assertEqual([row["title"] for row in rows], ["Case 0", "Case 1", "Case 2"])
        self.assertEqual({row["_subject"] for row in rows}, {partner.company_registry})

    def test_tianyancha_with_other_suppliers_meanwhile(self):
        """The cursor has the number of a supplier, not its place."""
        feed = self._connector("tianyancha", [("id", "", "hash")])._feed()
        rows = {"B": 3, "C": 1, "D": 1}

        def play(asked):
            count = rows.get(asked.query["keyword"], 0)
            start = (int(asked.query["pageNum"]) - 1) * 2
            items = [{"title": str(n)} for n in range(count)][start : start + 2]
            return Reply({"error_code": 0, "result": {"total": count, "items": items}})

        self.play = play

        def read(cursor, *subjects):
            feed.access = replace(feed.access, subjects=subjects)
            page = feed.next_page(cursor)
            return [(row["_subject"], row["title"]) for row in page.rows], page.cursor

        found, cursor = read({}, "D", "B", "C")
        self.assertEqual(found, [("B", "0"), ("B", "1")])
        # Somebody came before, and the one that was being read is still there.
        found, cursor = read(cursor, "A", "D", "B", "C")
        self.assertEqual(found, [("B", "2")])
        # The next one is gone.
        found, cursor = read(cursor, "A", "D", "B")
        self.assertEqual(found, [("D", "0")])

    def test_tianyancha_errors(self):
        self.env["res.partner"].create(
            {"name": "R", "supplier_rank": 1, "company_registry": "X1"}
        )
        self.play = lambda asked: Reply({"error_code": 300006, "reason": "余额不足"})
        connector = self._connector("tianyancha", [("id", "", "hash")])
        self._run(connector, fails="refuses our credentials")

    def test_presets_begin_with_their_mapping(self):
        for preset, kind in (("zoho", "supplier"), ("tianyancha", "risk_signal")):
            with Form(self.env["supplier.connector"]) as form:
                form.name = preset
                form.source_id = self.source
                form.preset = preset
                if not form.url:
                    form.url = self.server.url
                form.company_id = self.company
            connector = form.record
            self.assertEqual(connector.kind, kind)
            self.assertTrue(connector.field_ids)
