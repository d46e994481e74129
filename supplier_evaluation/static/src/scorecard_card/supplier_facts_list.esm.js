import {Component, onWillStart, useState} from "@odoo/owl";
import {ListController} from "@web/views/list/list_controller";
import {ListRenderer} from "@web/views/list/list_renderer";
import {SupplierSince} from "./supplier_since.esm";
import {listView} from "@web/views/list/list_view";
import {registry} from "@web/core/registry";
import {stringToOrderBy} from "@web/search/utils/order_by";
import {useService} from "@web/core/utils/hooks";

/** Whether the records of a figure add up to what the scorecard says. */
export class SupplierReconcile extends Component {
    static template = "supplier_evaluation.SupplierReconcile";
    static components = {SupplierSince};
    static props = {lineId: Number};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({text: "", is_same: null, changes: []});
        onWillStart(async () => {
            const check = await this.orm.call("supplier.scorecard.line", "reconcile", [
                [this.props.lineId],
            ]);
            Object.assign(this.state, check);
        });
    }

    openDocument(record) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: record.model,
            res_id: record.id,
            views: [[false, "form"]],
        });
    }
}

/** Facts; those of a figure of a scorecard end with a sum that is the figure. */
export class SupplierFactsRenderer extends ListRenderer {
    static template = "supplier_evaluation.SupplierFactsRenderer";
    static components = {...ListRenderer.components, SupplierReconcile};

    get supplierLineId() {
        return this.props.list.context.supplier_line_id;
    }
}

/** What was counted for a figure begins with the worst. */
export class SupplierFactsController extends ListController {
    get modelParams() {
        const params = super.modelParams;
        const worstFirst = this.props.context.supplier_worst_first;
        if (worstFirst) {
            params.defaultOrderBy = stringToOrderBy(worstFirst);
        }
        return params;
    }
}

registry.category("views").add("supplier_facts_list", {
    ...listView,
    Controller: SupplierFactsController,
    Renderer: SupplierFactsRenderer,
});
