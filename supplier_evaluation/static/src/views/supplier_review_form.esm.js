import {FormController} from "@web/views/form/form_controller";
import {formView} from "@web/views/form/form_view";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

/** Whoever has fifty suppliers to assess gets the next one after each. */
export class SupplierReviewFormController extends FormController {
    setup() {
        super.setup();
        this.orm = useService("orm");
    }

    async afterExecuteActionButton(clickParams) {
        await super.afterExecuteActionButton(clickParams);
        if (clickParams.name !== "action_submit") {
            return;
        }
        const nextId = await this.orm.call("supplier.review", "get_next_review", [
            this.model.root.resId,
        ]);
        if (nextId) {
            await this.model.load({resId: nextId});
        }
    }
}

registry.category("views").add("supplier_review_form", {
    ...formView,
    Controller: SupplierReviewFormController,
});
