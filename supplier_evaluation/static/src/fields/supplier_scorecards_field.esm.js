import {X2ManyField, x2ManyField} from "@web/views/fields/x2many/x2many_field";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

/** Scorecards are pages of their own: a row opens the page, not a dialog. */
export class SupplierScorecardsField extends X2ManyField {
    setup() {
        super.setup();
        this.orm = useService("orm");
        this.actionService = useService("action");
    }

    async openRecord(record) {
        const action = await this.orm.call(record.resModel, "get_formview_action", [
            [record.resId],
        ]);
        await this.actionService.doAction(action);
    }
}

export const supplierScorecardsField = {
    ...x2ManyField,
    component: SupplierScorecardsField,
};

registry.category("fields").add("supplier_scorecards", supplierScorecardsField);
