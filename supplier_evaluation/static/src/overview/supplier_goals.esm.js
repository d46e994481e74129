import {rangeOf, signOf} from "../goal/supplier_goal_utils.esm";
import {Component} from "@odoo/owl";
import {SupplierSparkline} from "./supplier_sparkline.esm";
import {_t} from "@web/core/l10n/translation";

/** The goals: where each stands, and whether that is where it should be by now. */
export class SupplierGoals extends Component {
    static template = "supplier_evaluation.SupplierGoals";
    static components = {SupplierSparkline};
    static props = {
        goals: Object,
        companies: Object,
        openGoal: Function,
        openAll: Function,
    };

    get hasMore() {
        const {items, total} = this.props.goals;
        return total > items.length;
    }

    get allText() {
        return _t("Show all goals (%s)", this.props.goals.total);
    }

    sign(goal) {
        return signOf(goal);
    }

    range(goal) {
        return rangeOf(goal);
    }

    company({company_id: companyId}) {
        return this.props.companies[companyId];
    }

    /** The curve in words, for who does not see it. */
    curveTitle(goal) {
        if (!goal.actual_text) {
            return _t("No figures");
        }
        return _t("From %(baseline)s to %(actual)s; the goal is %(goal)s", {
            baseline: goal.baseline_text,
            actual: goal.actual_text,
            goal: goal.target_text,
        });
    }
}
