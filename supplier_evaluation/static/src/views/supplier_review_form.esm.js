import {FormController} from "@web/views/form/form_controller";
import {checkAnswers} from "../fields/supplier_review_answers_field.esm";
import {formView} from "@web/views/form/form_view";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

/** Whoever has fifty suppliers to assess gets the next one after each. */
export class SupplierReviewFormController extends FormController {
    setup() {
        super.setup();
        this.orm = useService("orm");
    }

    /** What is missing is said at the question, not in a dialog. */
    async beforeExecuteActionButton(clickParams) {
        if (clickParams.name === "action_submit" && !checkAnswers(this.model)) {
            return false;
        }
        return super.beforeExecuteActionButton(clickParams);
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
            const {resIds} = this.model.root;
            await this.model.load({
                resId: nextId,
                resIds: resIds.includes(nextId) ? resIds : [...resIds, nextId],
            });
        }
    }
}

registry.category("views").add("supplier_review_form", {
    ...formView,
    Controller: SupplierReviewFormController,
});
