import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {serializeDate} from "@web/core/l10n/dates";
import {useService} from "@web/core/utils/hooks";

const {DateTime} = luxon;

/** What is to be done before there is anything to see, by what one may do. */
export class SupplierFirstSteps extends Component {
    static template = "supplier_evaluation.SupplierFirstSteps";
    static props = {steps: Object};

    setup() {
        this.action = useService("action");
    }

    get steps() {
        const {steps} = this.props;
        return [
            {
                key: "history",
                title: _t("Import history"),
                text: _t(
                    "Orders and receipts of before, from a spreadsheet. Leave it out if all are in Odoo."
                ),
                button: _t("Import History"),
                isDone: steps.has_history,
                open: () =>
                    this.open("supplier_evaluation.supplier_history_import_action"),
            },
            {
                key: "template",
                title: _t("Choose a template"),
                text: _t(
                    "It says what counts, and how much. Five are ready to be used."
                ),
                button: _t("Choose a Template"),
                isDone: false,
                open: () =>
                    this.open("supplier_evaluation.supplier_scorecard_template_action"),
            },
            {
                key: "evaluate",
                title: _t("Evaluate last month"),
                text: _t("Compute it, look at it, and publish it."),
                button: _t("Evaluate Last Month"),
                isDone: false,
                open: () => this.evaluate(),
            },
        ];
    }

    open(xmlid) {
        return this.action.doAction(xmlid);
    }

    evaluate() {
        const month = DateTime.local().minus({months: 1});
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Evaluate Last Month"),
            res_model: "supplier.evaluation",
            views: [[false, "form"]],
            context: {
                default_template_id: this.props.steps.template_id || undefined,
                default_date_from: serializeDate(month.startOf("month")),
                default_date_to: serializeDate(month.endOf("month")),
            },
        });
    }
}
