from datetime import timedelta
from email.utils import format_datetime

from freezegun import freeze_time

from ..fact.common import CatalogueCommon

ASKED = "2026-03-02 01:00:00"


class ResponseCommon(CatalogueCommon):
    """An order, on which the supplier was asked something."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supplier.email = "sales@vendor.example"
        cls.order = cls._order(10, 5, "2026-03-20").order_id
        cls.question = cls._ask(cls.order, ASKED)

    def _facts(self, **scope):
        self.env.flush_all()
        facts = self.env["supplier.response.fact"]._with_fact_scope(
            self._scope(**scope)
        )
        return facts.search([("partner_id", "=", self.supplier.id)])

    def _mail(
        self,
        sender,
        hours=4,
        subject="Re: Order",
        headers=(),
        to=None,
        fetcher=None,
        ahead=0,
        content="text/plain",
        body="It comes on Friday.",
    ):
        """Let somebody answer our message by mail.

        :param float hours: after the question
        :param float ahead: by how many hours the sender's clock is wrong
        :param headers: further lines
        :param to: our message, the question by default
        :param fetcher: the user for whom the mail server is read
        """
        question = to or self.question
        when = question.date + timedelta(hours=hours)
        count = self.env["mail.message"].search_count([])
        lines = [
            f"From: {sender}",
            "To: purchase@ours.example",
            f"Subject: {subject}",
            f"Message-Id: <{count}@mail.example>",
            f"In-Reply-To: {question.message_id}",
            f"Date: {format_datetime(when + timedelta(hours=ahead))}",
            f"Content-Type: {content}",
            *headers,
        ]
        with freeze_time(when):
            self.env["mail.thread"].with_user(fetcher or self.env.user).message_process(
                "purchase.order", "\n".join([*lines, "", body, ""])
            )

    def assertAnsweredAfter(self, hours, **scope):
        """The one exchange was answered after so many hours, or not: None."""
        fact = self._facts(**scope)
        self.assertEqual(len(fact), 1)
        self.assertFalse(fact.exclusion)
        self.assertEqual(bool(fact.answered), hours is not None)
        self.assertAlmostEqual(fact.response_hours, hours or 0)

    def assertLeftOut(self, reason):
        """The one exchange does not count, and says why."""
        fact = self._facts()
        self.assertEqual(fact.exclusion, "no_reference")
        self.assertIn(reason, fact.exclusion_reason)
        self.assertIsNone(self._value("response_rate"))
        self.assertIsNone(self._value("response_time"))
