"""Messages leave one by one, each in a transaction of its own.

Before a message is sent it is marked as being sent, and that is committed. If the
server stops then, nobody knows whether the chat has it. A webhook that honours
``Idempotency-Key`` takes it once however often it comes. The robots of chats know no
such key and cannot be asked: there the message is sent again, and says on its form
that it may have come twice. Nothing is lost, and nothing else comes twice.
"""

import logging
import traceback
from datetime import timedelta
from time import sleep, time

from psycopg2 import Error as DatabaseError

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.scheduled import Work, run_scheduled
from ...transport import Client, Problem, Settings
from ...transport.chats import CHATS, PROGRAMS
from ...transport.chats.note import Refused

# So many tries, the last one after some hours.
TRIES = 8
# A try an hour at least, and none within the minute that rates are counted by.
FIRST, LONGEST = 61, 3600
# Longer no message is on its way: what is older was cut off.
LEASE = timedelta(minutes=5)
SETTINGS = {"tries": 1, "size": 1_000_000, "connect": 5, "read": 20, "total": 60}
MINUTE = timedelta(minutes=1)

_logger = logging.getLogger(__name__)


class SupplierOutboxChannel(models.Model):
    _inherit = "supplier.outbox.channel"

    def _client(self):
        settings = Settings(
            **SETTINGS,
            allow_private=self.allow_private,
            # By its status a program says whether it took a message.
            reads=self.kind not in PROGRAMS,
        )
        return Client(settings)

    def _post(self, client, content, key):
        """Send a content now.

        :return: the ``Problem`` that it met, or None
        """
        self.ensure_one()
        try:
            self._say(client, content, key)
        except Refused as error:
            kind = "busy" if error.passes else "refused"
            values = {"code": error.code, "text": error.text}
            return Problem(kind, host=self.name, **values)
        except Problem as problem:
            return problem
        except DatabaseError:
            raise  # the transaction is over, nothing can be noted in it
        except Exception as error:  # noqa: BLE001 (noted on the message, and logged)
            return self._unforeseen(error)
        return None

    def _say(self, client, content, key):
        robot = CHATS[self.kind]
        note = self.env["supplier.outbox"]._note_of(self, content)
        post = robot.post(note, self.url, self.secret, key, time())
        answer = client.request("POST", post.url, data=post.body, headers=post.headers)
        robot.check(answer)

    def _unforeseen(self, error):
        """Log an error of ours, and return the ``Problem`` that it is.

        A message must not stay under way for it: it would keep all others waiting. The
        words of the error are left out, since they may tell the address.
        """
        name = type(error).__name__
        places = "".join(traceback.format_tb(error.__traceback__))
        _logger.error("%s: %s\n%s", self.name, name, places)
        return Problem("unforeseen", host=self.name, error=name)

    def _send_due(self):
        """Send what is due in a chat, as much as it takes.

        :raises UserError: some cannot be sent; it was committed which, and why
        """
        dead = self.env["supplier.outbox"]
        pause = CHATS[self.kind].RATE.pause
        commit = self.env["ir.cron"]._commit_progress
        with self._client() as client:
            while message := self._claim():
                left = commit()
                problem = self._post(client, message._full_content(), message.key)
                message._note_outcome(problem)
                dead += message.filtered(lambda one: one.state == "dead")
                left = min(left, commit())
                if left <= 0:
                    self.env["supplier.outbox"]._trigger()
                    break
                sleep(pause)
        if dead:
            raise UserError(
                self.env._(
                    "%(count)s messages to %(chat)s could not be sent. The first: "
                    "%(title)s. %(reason)s %(mend)s",
                    count=len(dead),
                    chat=self.name,
                    title=dead[0].title,
                    reason=dead[0].reason,
                    mend=dead[0].mend,
                )
            )

    def _claim(self):
        """Return the message that is to be sent now, marked as being sent, or none.

        The channel is locked until that is committed, so one process has it. A message
        waits for the one before: they come in order.
        """
        outbox = self.env["supplier.outbox"]
        now = fields.Datetime.now()
        if not self.try_lock_for_update(allow_referencing=True):
            return outbox
        if not self.active or not self.url:
            return outbox
        own = [("channel_id", "=", self.id)]
        message = outbox.search(
            [*own, ("state", "in", ("waiting", "sending"))], order="id", limit=1
        )
        if not message or not message._is_due(now):
            return outbox
        recent = outbox.search(
            [*own, ("date_tried", ">", now - MINUTE)], order="date_tried"
        )
        if len(recent) >= CHATS[self.kind].RATE.per_minute:
            outbox._trigger(recent[0].date_tried + MINUTE + timedelta(seconds=1))
            return outbox
        was_cut_off = message.state == "sending" and self.kind not in PROGRAMS
        message._write_guarded(
            {
                "state": "sending",
                "date_tried": now,
                "tries": message.tries + 1,
                "maybe_twice": message.maybe_twice or was_cut_off,
            }
        )
        return message


class SupplierOutbox(models.Model):
    _inherit = "supplier.outbox"

    @api.model
    def _cron_send(self):
        """Send what is due, chat by chat; one that fails stops no other.

        :raises Exception: the error of one that failed, when the others are done
        """
        waiting = self._read_group(
            [("state", "in", ("waiting", "sending")), ("channel_id.active", "=", True)],
            ["channel_id"],
        )
        channels = self.env["supplier.outbox.channel"].browse(
            [channel.id for (channel,) in waiting]
        )
        run_scheduled(
            self.env,
            Work("Messages to chats", channels, lambda channel: channel._send_due()),
        )

    def _is_due(self, now):
        """Whether it may be sent now; if it may later, the action is asked for then."""
        self.ensure_one()
        due = self.date_next
        if self.state == "sending":
            due = self.date_tried + LEASE
        if due and due > now:
            self._trigger(due)
            return False
        return True

    def _most_tries(self):
        """Return how often a message is tried while its chat is away."""
        return TRIES

    def _note_outcome(self, problem):
        """Write down what became of a try.

        :param problem: a ``Problem``, or None if it was taken
        """
        self.ensure_one()
        now = fields.Datetime.now()
        if not problem:
            vals = {"state": "sent", "date_sent": now, "date_next": False}
            self._write_guarded({**vals, "problem": False, "problem_values": False})
            return
        vals = {"problem": problem.kind, "problem_values": problem.values}
        if problem.passes and self.tries < self._most_tries():
            wait = max(FIRST * 2 ** (self.tries - 1), problem.wait or 0)
            after = now + timedelta(seconds=min(wait, LONGEST))
            self._write_guarded({**vals, "state": "waiting", "date_next": after})
            self._trigger(after)
        else:
            self._write_guarded({**vals, "state": "dead", "date_next": False})
