"""Odoo's automation rules hear of what is written by SQL or COPY.

They listen by patching ``create`` and ``write`` of a model, which nothing that is
stored set-wise goes through. What they would have heard is told to them here, by their
own methods and with their own meaning: what a record was before and is now, and each
rule once for each record. Where nobody listens, nothing is asked.
"""

from contextlib import contextmanager

from odoo.tools import split_every

RULES = "base.automation"
# So many records are told at once.
BATCH = 1000


@contextmanager
def told(records, names, new=None):
    """Tell Odoo's automation rules what was written by SQL in this block.

    Only records that changed are told. The block invalidates what it wrote.

    :param records: those that are written, in the company in which they are read:
        values for each company are those of this one
    :param names: names of the fields that are written
    :param new: those of the records that are new for others: rules on creation, which
        ask for no value of before, hear of them
    :raises Exception: what an action of a rule raises, as with any other write
    """
    writing = _listening(records, "write")
    creating = _listening(new, "create") if new else None
    before = _Before(writing, records, names) if writing else None
    yield
    if before:
        before.tell()
    if creating:
        only = creating.filtered(lambda rule: rule.trigger == "on_create")
        _tell_new(only.with_env(creating.env), new)


def _listening(records, method):
    """Return the rules that listen to a method of the records, or None.

    Whether any does is seen without a question: the method is Odoo's patch then.
    """
    patched = hasattr(getattr(type(records), method), "origin")
    if not patched or RULES not in records.env:
        return None
    from odoo.addons.base_automation.models import base_automation

    triggers = {
        "create": base_automation.CREATE_TRIGGERS,
        "write": base_automation.WRITE_TRIGGERS,
    }
    return records.env[RULES]._get_actions(records, triggers[method])


class _Before:
    """What records were before they were written, for the rules that ask."""

    def __init__(self, rules, records, names):
        self.rules = rules
        self.names = names
        self.records = records.with_env(rules.env)
        self.passed = {rule: rule._filter_pre(self.records) for rule in rules}
        self.values = {
            record.id: {name: record[name] for name in names}
            for record in self.records.sudo()
        }

    def tell(self):
        changed = self.records.sudo().filtered(self._has_changed).ids
        for rule in self.rules.with_context(old_values=self.values):
            heard = set(self.passed[rule].ids)
            for ids in split_every(BATCH, [one for one in changed if one in heard]):
                some, domain = rule._filter_post_export_domain(
                    self.records.browse(ids), feedback=True
                )
                rule._process(some, domain_post=domain)

    def _has_changed(self, record):
        old = self.values[record.id]
        return any(record[name] != old[name] for name in self.names)


def _tell_new(rules, records):
    for rule in rules.with_context(old_values=None):
        for ids in split_every(BATCH, records.ids):
            some = records.with_env(rules.env).browse(ids)
            rule._process(rule._filter_post(some, feedback=True))
