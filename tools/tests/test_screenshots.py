"""Pictures of screens: which, of what, and what is wrong with them."""

import base64
import json
import sys
import unittest
from pathlib import Path
from unittest import mock

from tools import cli
from tools.console import Failure
from tools.screenshots import part, screens
from tools.screenshots.screens import SCREENS, Screen

INSIDE = str(Path(part.SCRIPT).parent)
with mock.patch.object(sys, "path", [INSIDE, *sys.path]):
    import devtools

ACTIONS = {screen.action for screen in SCREENS}


class Silence(Exception):
    """Nothing is said within the time."""


class Browser:
    """A web socket that answers every command, and tells events before it does.

    :param events: what is told before the answer to the command of that name
    """

    def __init__(self, **events):
        self.events = events
        self.results = {}
        self.commands = []
        self.said = []

    def send(self, text):
        command = json.loads(text)
        name = command["method"].rpartition(".")[2]
        self.commands.append(command)
        self.said += self.events.get(name, [])
        answer = self.results.get(name, {"result": {"result": {"value": True}}})
        self.said.append({"id": command["id"], **answer})

    def recv(self):
        if not self.said:
            raise Silence
        return json.dumps(self.said.pop(0))

    def settimeout(self, seconds):
        """Silence takes no time here."""


def event(method, **params):
    return {"method": method, "params": params}


def asked(number, address="http://odoo/web"):
    request = {"url": address}
    return event("Network.requestWillBeSent", requestId=number, request=request)


def got(number):
    return event("Network.loadingFinished", requestId=number)


class TestTab(unittest.TestCase):
    def setUp(self):
        clock = mock.patch.object(devtools.time, "monotonic", side_effect=range(10**6))
        clock.start()
        self.addCleanup(clock.stop)

    def tab(self, **events):
        self.browser = Browser(**events)
        return devtools.Tab(self.browser, Silence)

    def test_picture(self):
        tab = self.tab()
        data = base64.b64encode(b"webp").decode()
        self.browser.results["captureScreenshot"] = {"result": {"data": data}}
        self.assertEqual(tab.picture(), b"webp")
        self.assertEqual(self.browser.commands[-1]["params"]["format"], "webp")

    def test_errors_of_the_console(self):
        tab = self.tab(
            navigate=[
                event("Runtime.consoleAPICalled", type="log", args=[{"value": "fine"}]),
                event("Runtime.consoleAPICalled", type="error", args=[{"value": "no"}]),
                event(
                    "Runtime.exceptionThrown",
                    exceptionDetails={"text": "x", "exception": {"description": "y"}},
                ),
                event("Log.entryAdded", entry={"level": "warning", "text": "hm"}),
                event(
                    "Log.entryAdded",
                    entry={"level": "error", "text": "404", "url": "/lost"},
                ),
            ]
        )
        tab.go("http://odoo")
        self.assertEqual(tab.errors, ["no", "y", "404 /lost"])

    def test_waits_until_all_is_there(self):
        tab = self.tab(navigate=[asked("1"), asked("2"), got("1"), got("2")])
        tab.go("http://odoo")
        tab.wait_for("true")
        self.assertEqual(self.browser.commands[-1]["method"], "Runtime.evaluate")

    def test_names_what_does_not_come(self):
        tab = self.tab(navigate=[asked("1", "http://odoo/slow")])
        tab.go("http://odoo")
        with self.assertRaisesRegex(devtools.Unanswered, "http://odoo/slow"):
            tab.wait_for("true")

    def test_does_not_wait_for_workers(self):
        tab = self.tab(navigate=[asked("1", "http://odoo/bus/websocket_worker")])
        tab.go("http://odoo")
        tab.wait_for("true")

    def test_names_a_condition_that_does_not_come_true(self):
        tab = self.tab()
        self.browser.results["evaluate"] = {"result": {"result": {"value": False}}}
        with self.assertRaisesRegex(devtools.Unanswered, "waits for the form"):
            tab.wait_for("the form")

    def test_refused_command(self):
        tab = self.tab()
        self.browser.results["navigate"] = {"error": {"message": "bad address"}}
        with self.assertRaisesRegex(devtools.Unanswered, "bad address"):
            tab.go("odoo")


class TestScreens(unittest.TestCase):
    def setUp(self):
        self.actions = set(ACTIONS)
        self.value = 7
        query = mock.patch.object(part.database, "query", side_effect=self.answer)
        query.start()
        self.addCleanup(query.stop)

    def answer(self, statement, *, database):
        if "ir_model_data" in statement:
            return [[action] for action in self.actions]
        return [[self.value]]

    def test_every_screen_has_a_name_and_a_place_of_its_own(self):
        found = part.addresses("demo", [])
        self.assertEqual([name for name, _address in found], [s.name for s in SCREENS])
        self.assertEqual(len({name for name, _address in found}), len(SCREENS))
        places = {(one.action, one.record, one.query) for one in SCREENS}
        self.assertEqual(len(places), len(SCREENS))

    def test_addresses(self):
        found = dict(part.addresses("demo", ["vendor", "scorecards"]))
        prefix = "/odoo/action-"
        self.assertEqual(
            found,
            {
                "scorecards": f"{prefix}supplier_evaluation.supplier_scorecard_action",
                "vendor": f"{prefix}account.res_partner_action_supplier/7",
            },
        )
        screen = Screen("x", "a.b", query="SELECT 1")
        self.assertEqual(
            screen.address(lambda _sql: "cards=1-2"), f"{prefix}a.b?cards=1-2"
        )

    def test_every_screen_needs_its_action(self):
        self.actions.remove("supplier_evaluation.supplier_incident_action")
        with self.assertRaisesRegex(Failure, "no action .*incident_action"):
            part.addresses("demo", [])

    def test_nothing_to_show(self):
        self.value = None
        with self.assertRaisesRegex(Failure, "nothing to show in scorecard"):
            part.addresses("demo", ["scorecard"])

    def test_both_sizes(self):
        self.assertEqual([width for width, _height in screens.SIZES], [1400, 390])


class TestCommand(unittest.TestCase):
    def run_with(self, *arguments, existing=("demo", "demo_zh_CN"), problems=()):
        self.taken = []

        def take(lang, wanted):
            self.taken.append((lang, wanted))
            return list(problems)

        with (
            mock.patch("tools.commands.screenshots.session.opened"),
            mock.patch("tools.commands.screenshots.say") as self.said,
            mock.patch.object(
                part.database, "exists", side_effect=existing.__contains__
            ),
            mock.patch.object(part, "take", side_effect=take),
            mock.patch("tools.cli.say") as self.failure,
        ):
            return cli.main(["screenshots", *arguments])

    def test_all_languages(self):
        self.assertEqual(self.run_with(), 0)
        self.assertEqual(self.taken, [("en_US", []), ("zh_CN", [])])

    def test_some(self):
        self.assertEqual(self.run_with("review", "--lang", "zh_CN"), 0)
        self.assertEqual(self.taken, [("zh_CN", ["review"])])

    def test_missing_database_names_its_command(self):
        self.assertEqual(self.run_with(existing=("demo",)), 1)
        self.assertEqual(self.taken, [])
        self.assertIn("./dev demo --lang zh_CN", self.failure.call_args.args[0])

    def test_an_error_in_the_console_fails(self):
        status = self.run_with("--lang", "en_US", problems=["vendor: Uncaught"])
        self.assertEqual(status, 1)
        self.said.assert_any_call("PROBLEM: vendor: Uncaught")


if __name__ == "__main__":
    unittest.main()
