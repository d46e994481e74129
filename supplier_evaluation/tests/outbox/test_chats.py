import hashlib
import hmac
import json
from base64 import b64encode
from urllib.parse import parse_qsl, urlsplit

from odoo.tests import BaseCase, tagged

from ...transport import Answer, Problem
from ...transport.chats import CHATS
from ...transport.chats.note import Note, Refused

NOW = 1_700_000_000.5
LONG = Note(
    "标题" * 40,
    tuple(f"供应商 {number} *很* 长 [a](b) <c> & _d_" * 5 for number in range(400)),
    "https://odoo.example/odoo/supplier.alert/1",
    "Open",
    "and %s more",
)
SIGNS = Note("*T*", ("[a](b) <b> & _c_ #1 `x`",), "https://o.example/1", "Open")


@tagged("post_install", "-at_install")
class TestChats(BaseCase):
    """Each robot gets what its documentation says, and its answers are read."""

    def _post(self, kind, note=SIGNS, secret=""):
        return CHATS[kind].post(note, "https://chat.example/h?key=k", secret, "k1", NOW)

    def test_long_notes_are_shortened(self):
        limits = {"wecom": 4096, "dingtalk": 20_000, "feishu": 20_000, "teams": 28_000}
        for kind, limit in limits.items():
            with self.subTest(kind=kind):
                post = self._post(kind, LONG, "s")
                content = json.loads(post.body)
                size = len(post.body)
                if kind == "wecom":
                    size = len(content["markdown"]["content"].encode())
                self.assertLessEqual(size, limit)
                self.assertGreater(size, limit / 2)
                self.assertRegex(post.body.decode(), r"and \d+ more")
        blocks = json.loads(self._post("slack", LONG).body)["blocks"]
        self.assertLessEqual(len(blocks[1]["text"]["text"]), 3000)
        self.assertLessEqual(len(blocks[0]["text"]["text"]), 150)

    def test_a_title_too_long_alone(self):
        for kind in CHATS:
            self._post(kind, Note("题" * 50_000))
        content = json.loads(self._post("wecom", Note("题" * 50_000)).body)
        self.assertLessEqual(len(content["markdown"]["content"].encode()), 4096)

    def test_wecom(self):
        content = json.loads(self._post("wecom").body)
        self.assertEqual(
            content,
            {
                "msgtype": "markdown",
                "markdown": {
                    "content": "**＊T＊**\n> ［a］(b) ＜b＞ & ＿c＿ ＃1 ｀x｀\n"
                    "[Open](https://o.example/1)"
                },
            },
        )

    def test_dingtalk(self):
        post = self._post("dingtalk", secret="SEC")
        query = dict(parse_qsl(urlsplit(post.url).query))
        stamp = "1700000000500"
        digest = hmac.new(b"SEC", f"{stamp}\nSEC".encode(), hashlib.sha256).digest()
        sign = b64encode(digest).decode()
        self.assertEqual(query, {"key": "k", "timestamp": stamp, "sign": sign})
        markdown = json.loads(post.body)["markdown"]
        self.assertEqual(markdown["title"], "*T*")
        self.assertIn("#### \\*T\\*\n- \\[a\\](b) \\<b\\> & \\_c\\_", markdown["text"])

    def test_feishu(self):
        content = json.loads(self._post("feishu", secret="SEC").body)
        digest = hmac.new(b"1700000000\nSEC", b"", hashlib.sha256).digest()
        self.assertEqual(content["timestamp"], "1700000000")
        self.assertEqual(content["sign"], b64encode(digest).decode())
        said = content["content"]["post"]["zh_cn"]
        self.assertEqual(content["msg_type"], "post")
        self.assertEqual(said["content"][0][0]["text"], SIGNS.lines[0])
        self.assertNotIn("sign", json.loads(self._post("feishu").body))

    def test_slack(self):
        section = json.loads(self._post("slack").body)["blocks"][1]["text"]["text"]
        self.assertIn("&lt;b&gt; &amp; _\u200bc_\u200b", section)
        self.assertIn("<https://o.example/1|Open>", section)

    def test_teams(self):
        [attached] = json.loads(self._post("teams").body)["attachments"]
        card = attached["content"]
        self.assertEqual(attached["contentType"], CHATS["teams"].CARD)
        self.assertEqual(card["type"], "AdaptiveCard")
        self.assertEqual(card["body"][0]["text"], "\\*T\\*")
        self.assertEqual(card["actions"][0]["url"], "https://o.example/1")

    def test_webhook(self):
        post = self._post("webhook", secret="SEC")
        text = b"1700000000." + post.body
        expected = hmac.new(b"SEC", text, hashlib.sha256).hexdigest()
        self.assertEqual(post.headers["X-Supplier-Signature"], f"sha256={expected}")
        self.assertEqual(post.headers["Idempotency-Key"], "k1")

    def test_answers(self):
        good = {
            "wecom": b'{"errcode":0,"errmsg":"ok"}',
            "dingtalk": b'{"errcode":0,"errmsg":"ok"}',
            "feishu": b'{"code":0,"msg":"success","data":{}}',
            "slack": b"ok",
            "teams": b"",
            "webhook": b"",
        }
        for kind, body in good.items():
            CHATS[kind].check(Answer(200, body))
        CHATS["feishu"].check(
            Answer(200, b'{"StatusCode":0,"StatusMessage":"success"}')
        )
        bad = [
            ("wecom", b'{"errcode":93000,"errmsg":"invalid webhook url"}', False),
            ("wecom", b'{"errcode":45009,"errmsg":"api freq out of limit"}', True),
            ("dingtalk", b'{"errcode":310000,"errmsg":"sign not match"}', False),
            ("dingtalk", b'{"errcode":130101,"errmsg":"send too fast"}', True),
            ("feishu", b'{"code":19021,"msg":"sign match fail"}', False),
            ("feishu", b'{"code":11232,"msg":"frequency limited"}', True),
            ("slack", b"invalid_payload", False),
            ("wecom", b"[]", False),
            ("wecom", b'{"errcode": []}', False),
            ("wecom", b'{"errcode": "0"}', False),
            ("dingtalk", b'{"errcode": {}}', False),
            ("feishu", b'{"code": []}', False),
            ("feishu", b'{"code": false}', False),
            ("feishu", b'{"StatusCode": [], "StatusMessage": {}}', False),
        ]
        for kind, body, passes in bad:
            with self.subTest(body=body), self.assertRaises(Refused) as caught:
                CHATS[kind].check(Answer(200, body))
            self.assertEqual(caught.exception.passes, passes)
        with self.assertRaises(Problem):
            CHATS["wecom"].check(Answer(200, b"<html>"))
