"""Robots of chats: what they are sent, what they answer, and how much they take.

Each was written by its public documentation, and not tried against the live service.
"""

from . import dingtalk, exchange, feishu, slack, teams, webhook, wecom

CHATS = {
    "wecom": wecom,
    "dingtalk": dingtalk,
    "feishu": feishu,
    "slack": slack,
    "teams": teams,
    "webhook": webhook,
    "exchange": exchange,
}
#: Those that are programs: each message is signed, and one of a key is taken once.
PROGRAMS = ("webhook", "exchange")
