import {FormController} from "@web/views/form/form_controller";
import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {formView} from "@web/views/form/form_view";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

// What is refused while rows of the checklist are missing.
const MOVES = ["action_submit", "action_finish_review", "action_meet_conditions"];

/** What is missing is shown where it can be mended, not in a dialog. */
export class SupplierCertificationFormController extends FormController {
    setup() {
        super.setup();
        this.notification = useService("notification");
    }

    async beforeExecuteActionButton(clickParams) {
        const saved = await super.beforeExecuteActionButton(clickParams);
        const missing = this.model.root.data.missing_now_count;
        if (saved === false || !MOVES.includes(clickParams.name) || !missing) {
            return saved;
        }
        this.notification.add(
            missing === 1
                ? _t("One row of the checklist is missing.")
                : _t("%s rows of the checklist are missing.", missing),
            {type: "warning"}
        );
        this.rootRef.el.querySelector("a[name='checklist']").click();
        // When the tab is there, and the buttons can be used again.
        browser.requestAnimationFrame(() =>
            browser.setTimeout(() => this._showMissing())
        );
        return false;
    }

    _showMissing() {
        const row = this.rootRef.el?.querySelector(".o_supplier_requirement_missing");
        row?.scrollIntoView({block: "center"});
        row?.querySelector("button")?.focus();
    }
}

registry.category("views").add("supplier_certification_form", {
    ...formView,
    Controller: SupplierCertificationFormController,
});
