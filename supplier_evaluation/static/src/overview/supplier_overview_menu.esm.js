import {Component, onWillStart} from "@odoo/owl";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {user} from "@web/core/user";

/** What leaves the overview: a workbook, pages, mails. */
export class SupplierOverviewMenu extends Component {
    static template = "supplier_evaluation.SupplierOverviewMenu";
    static components = {Dropdown, DropdownItem};
    static props = {domain: Array};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        onWillStart(async () => {
            this.maySend = await user.checkAccessRight("supplier.evaluation", "write");
        });
    }

    export() {
        return this.run("action_export_xlsx");
    }

    print() {
        return this.run("action_print");
    }

    /** Mails cannot be taken back. */
    send() {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Send the Results"),
            body: _t("Those who are named on the template get them by e-mail."),
            confirmLabel: _t("Send the Results"),
            confirm: () => this.run("action_send_results"),
            cancel: () => null,
        });
    }

    /**
     * Do something with all scorecards that the overview is about.
     *
     * @param {string} method of supplier.scorecard
     */
    async run(method) {
        const ids = await this.orm.search("supplier.scorecard", this.props.domain);
        const action = await this.orm.call("supplier.scorecard", method, [ids]);
        return this.action.doAction(action);
    }
}
