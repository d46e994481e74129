import base64

from ..common import MANAGER, PeopleCommon

CONTRACT = "supplier_evaluation.exchange/1"


class ExchangeCommon(PeopleCommon):
    """A company, a manager, two systems; builders for messages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.company, cls.other_company = cls.env["res.company"].create(
            [{"name": "Exchange Works"}, {"name": "Elsewhere"}]
        )
        cls.manager = cls._create_user("exchange_manager", MANAGER)
        cls.env.user.company_ids |= cls.company | cls.other_company
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids}
        )
        cls.erp = cls._create_source("erp", priority=20)
        cls.crm = cls._create_source("crm", priority=10)
        cls.Message = cls._as(cls.env["supplier.exchange.message"], cls.manager)
        cls.number = 0

    @classmethod
    def _create_source(cls, code, **vals):
        return cls.env["supplier.exchange.source"].create(
            {
                "name": code.upper(),
                "code": code,
                "company_id": cls.company.id,
                "user_id": cls.manager.id,
                **vals,
            }
        )

    def _message(self, *records, **head):
        type(self).number += 1
        return {
            "contract": CONTRACT,
            "id": f"m{self.number}",
            "records": list(records),
            **head,
        }

    def _take(self, *records, source=None, dry_run=False, **head):
        """Take a message as the manager; return it."""
        source = self._as(source or self.erp, self.manager)
        message = self._message(*records, **head)
        return self.Message.take(source, message, dry_run=dry_run)

    def _one(self, record, **options):
        """Take one record; return its result."""
        return self._take(record, **options).result_ids

    def _supplier(self, external_id, name, **values):
        return {"kind": "supplier", "id": external_id, "name": name, **values}

    def _states(self, message):
        return message.result_ids.sorted("number").mapped("state")

    def _partner(self, result):
        return self.env["res.partner"].browse(result.res_id)

    def _contract(self):
        return CONTRACT

    def _dialog(self, content, name="records.csv", source=None, **vals):
        """Import a file as the manager; return the dialog."""
        dialog = self._as(self.env["supplier.exchange.import"], self.manager).create(
            {
                "source_id": (source or self.erp).id,
                "file": base64.b64encode(content),
                "filename": name,
                **vals,
            }
        )
        dialog.action_import()
        return dialog
