"""Which mails nobody wrote: receipts, notes of absence, and what was not delivered."""

import re

# Headers that only machines set, as in RFC 3834 and in use before it.
HEADERS = (
    "X-Autoreply",
    "X-Autorespond",
    "X-AutoReply-From",
    "X-Mail-Autoreply",
    "X-FC-MachineGenerated",
    "X-Failed-Recipients",
)
PRECEDENCES = {"auto_reply", "auto-reply", "bulk", "junk"}
SUBJECTS = (
    # English
    "auto[- ]?(reply|response|responder)",
    "auto(matic|mated) (reply|response)",
    "out[- ]of[- ](the[- ])?office",
    "ooo:",
    "away from (the |my )?office",
    "(vacation|holiday) (reply|response|notice)",
    "((i am|i'm|i’m|currently) )+(away|on leave|on vacation|out of (the )?office)",
    "on (annual |sick |parental )?leave",
    "(absence|absent) ?[:：]",
    # That a mail was opened, as mail programs put it before its subject.
    "(not )?read ?[:：]",
    "read receipt",
    r"return receipt \(displayed\)",
    # What is "delayed" or "undelivered" may be our goods, of which people write.
    "undeliverable:",
    "undelivered mail",
    "delivery status notification",
    "(mail|message) delivery (failed|failure|delayed|subsystem)",
    "returned mail:",
    "failure notice",
    # German, Dutch, Scandinavian
    "automatische (antwort|antwoord)",
    "automatisch antwoord",
    "abwesenheit",
    "(bin )?im urlaub",
    # Of a holiday, people write too, and go on.
    "urlaub(sabwesenheit|snotiz|smeldung| ?(re|aw):| *$)",
    "((nicht|un) ?)?gelesen ?[:：]",
    "lesebest[aä]tigung",
    "unzustellbar",
    "afwezig",
    "automatiskt? svar",
    "autosvar",
    "automaattinen vastaus",
    # Romance
    "r[eé]ponse automatique",
    "absence du bureau",
    "absent du bureau",
    "(non )?lu [:：]",
    "accus[eé] de lecture",
    "(no )?le[ií]do ?[:：]",
    "confirmaci[oó]n de lectura",
    "letto ?[:：]",
    "conferma di lettura",
    "(message )?non remis",
    "respuesta autom[aá]tica",
    "fuera de (la )?oficina",
    "ausen(te|cia) de la oficina",
    "risposta automatica",
    "fuori (sede|ufficio)",
    "assente dall",
    "resposta autom[aá]tica",
    "(fora|aus[eê]n(te|cia)) do escrit[oó]rio",
    "lida ?:",
    # Slavic, Turkish
    "odpowied[zź] automatyczna",
    "automatick[aá] odpov",
    "przeczytano ?:",
    "poza biurem",
    "автоответ",
    "автоматический ответ",
    "otomatik yan[iı]t",
    # Chinese, Japanese, Korean
    "自动(回复|答复|回覆)",
    "自動(回覆|回復|返信|応答|回答)",
    "来自.{1,20}的自动(回复|答复)",
    "(外出|出差|休假|离岗|离职)(期间|中|时)?的?自动(回复|答复)",
    "不在(通知|の|连絡|連絡)",
    "我?(正在|在)休假",
    "休假(通知|中)? *$",
    "(已读|已讀|未读|未讀|開封済み|읽음)( ?[:：]|回执|回條)",
    "(系统)?退信",
    "邮件(投递|发送)失败",
    "자동 ?(회신|응답)",
    "부재 ?중",
)
# What a mail server writes before the subject of a mail from outside, or of spam.
TAGS = (
    r"^(\s*(\[[^]]{1,30}\]|\{[^}]{1,30}\}|\*+[^*]{1,30}\*+"
    r"|ext(ern(al)?)?( e-?mail)?:))*"
)
#: How the subject of such a mail begins; Python and PostgreSQL read it the same way.
AUTOMATIC_SUBJECT = TAGS + r"[\s\[\(【（*]*(" + "|".join(SUBJECTS) + ")"
_SUBJECT = re.compile(AUTOMATIC_SUBJECT, re.IGNORECASE)


def is_automatic(message, subject):
    """Tell whether a mail was made by a machine.

    :param email.message.EmailMessage message: with its headers
    :param str subject: decoded
    :rtype: bool
    """
    submitted = _header(message, "Auto-Submitted") or "no"
    return bool(
        not submitted.startswith("no")
        or _header(message, "Precedence") in PRECEDENCES
        or _header(message, "Return-Path") == "<>"
        or any(message.get(name) for name in HEADERS)
        or _SUBJECT.match(subject or "")
    )


def says_it_came(message):
    """Tell whether a report about a mail of ours says that it came, or still may.

    Odoo takes all reports for failures; that a mail was opened, or is late, is none.

    :param email.message.EmailMessage message: with its parts
    :rtype: bool
    """
    actions = set()
    for part in message.walk():
        if part.get_content_type() == "message/disposition-notification":
            return True
        if part.get_content_type() == "message/delivery-status":
            actions |= {
                _header(block, "Action") for block in part.get_payload() if block
            }
    actions.discard("")
    return bool(actions) and "failed" not in actions


def _header(message, name):
    return (message.get(name) or "").strip().lower()
