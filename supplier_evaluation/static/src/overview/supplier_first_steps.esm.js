import {Component} from "@odoo/owl";
import {TOUR} from "./supplier_tour.esm";
import {_t} from "@web/core/l10n/translation";
import {openForm} from "./supplier_overview_utils.esm";
import {serializeDate} from "@web/core/l10n/dates";
import {session} from "@web/session";
import {useService} from "@web/core/utils/hooks";

const {DateTime} = luxon;

/** What is to be done before there is anything to see, by what one may do. */
export class SupplierFirstSteps extends Component {
    static template = "supplier_evaluation.SupplierFirstSteps";
    static props = {steps: Object};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.tour = useService("tour_service");
    }

    get isBegun() {
        return Boolean(this.props.steps.evaluation_id);
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
                    "It says what counts, and how much. Several are ready to be used."
                ),
                button: _t("Choose a Template"),
                isDone: this.isBegun,
                open: () =>
                    this.open("supplier_evaluation.supplier_scorecard_template_action"),
            },
            {
                key: "evaluate",
                title: _t("Evaluate last month"),
                text: _t("Compute it, look at it, and publish it."),
                button: this.isBegun
                    ? _t("Open the Evaluation")
                    : _t("Evaluate Last Month"),
                isDone: false,
                open: () => (this.isBegun ? this.goOn() : this.evaluate()),
            },
        ];
    }

    open(xmlid) {
        return this.action.doAction(xmlid);
    }

    /** What was begun is finished first: a second one would be of the same month. */
    goOn() {
        const {evaluation_id: evaluationId} = this.props.steps;
        return openForm(this.action, "supplier.evaluation", evaluationId);
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

    /**
     * Lead from step to step. A tour that is asked for switches on those of all apps: who
     * had none would be led through the others after it, so they are switched off again.
     */
    async showAround() {
        try {
            await this.tour.startTour(TOUR, {
                mode: "manual",
                redirect: false,
                rainbowManMessage: _t(
                    "Publish the evaluation, and the overview shows your suppliers."
                ).toString(),
            });
        } finally {
            if (!session.tour_enabled) {
                await this.orm.call("res.users", "switch_tour_enabled", [false]);
            }
        }
    }
}
