import {Component, onWillStart, useState} from "@odoo/owl";
import {rangeOf, signOf} from "./supplier_goal_utils.esm";
import {KeepLast} from "@web/core/utils/concurrency";
import {_t} from "@web/core/l10n/translation";
import {isKnown} from "../fields/supplier_score_utils.esm";
import {linePath} from "../scorecard_card/supplier_drawing.esm";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {useService} from "@web/core/utils/hooks";

const WIDTH = 640;
const HEIGHT = 160;
const MARGIN = 8;
// What its figures follow from.
const FOLLOWED = [
    "metric",
    "kpi_id",
    "grade_id",
    "weighting",
    "template_id",
    "scope",
    "tier_id",
    "category_id",
    "partner_id",
    "baseline",
    "date_baseline",
    "target",
    "date",
];

/** What a saved goal is about, to see whether it is another one. */
function savedAs({resId, data}) {
    return [resId, ...FOLLOWED.map((name) => data[name]?.id ?? data[name])].join();
}

/** How it stands with a goal, measured anew: in words, as a line, and by period. */
export class SupplierGoal extends Component {
    static template = "supplier_evaluation.SupplierGoal";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.state = useState({goal: null});
        this.size = {width: WIDTH, height: HEIGHT};
        let shown = null;
        onWillStart(() => this.load(this.props.record));
        useRecordObserver(async (record) => {
            // What is typed is measured when it is saved.
            if (record.dirty) {
                return;
            }
            const key = savedAs(record);
            if (shown !== null && shown !== key) {
                await this.load(record);
            }
            shown = key;
        });
    }

    async load({resId}) {
        this.state.goal = resId
            ? await this.keepLast.add(
                  this.orm.call("supplier.goal", "retrieve_goal", [[resId]])
              )
            : null;
    }

    get goal() {
        return this.state.goal;
    }

    get sign() {
        return signOf(this.goal);
    }

    /** When it was measured, who counts in it, and where it should be. */
    get newestText() {
        const {goal} = this;
        return _t(
            "%(period)s, suppliers: %(count)s, left out: %(leftOut)s. The path is at %(expected)s there.",
            {
                period: goal.actual_period,
                count: goal.count,
                leftOut: goal.left_out,
                expected: goal.expected_text,
            }
        );
    }

    get legend() {
        return _t("Dashed: the path from %(baseline)s to the ring at %(target)s.", {
            baseline: this.goal.baseline_text,
            target: this.goal.target_text,
        });
    }

    // What is drawn

    x(day) {
        const {since, until, periods} = this.goal;
        const dates = periods.map((period) => period.date);
        const [start, stop] = [since, [until, ...dates].sort().at(-1)].map(Date.parse);
        const way = (Date.parse(day) - start) / (stop - start || 1);
        return MARGIN + Math.min(1, Math.max(0, way)) * (WIDTH - 2 * MARGIN);
    }

    y(value) {
        const [low, high] = rangeOf(this.goal);
        return MARGIN + (1 - (value - low) / (high - low)) * (HEIGHT - 2 * MARGIN);
    }

    get dots() {
        return this.goal.periods
            .filter((period) => isKnown(period.value))
            .map((period) => ({
                ...period,
                x: this.x(period.date),
                y: this.y(period.value),
            }));
    }

    get line() {
        return linePath(
            this.goal.periods.map((period) =>
                isKnown(period.value)
                    ? {x: this.x(period.date), y: this.y(period.value)}
                    : false
            )
        );
    }

    get path() {
        const {since, until, baseline, target} = this.goal;
        return linePath([
            {x: this.x(since), y: this.y(baseline)},
            {x: this.x(until), y: this.y(target)},
        ]);
    }

    get end() {
        return {x: this.x(this.goal.until), y: this.y(this.goal.target)};
    }

    /** Whether a period is where it should be: by a sign and a word. */
    verdict({is_on_track: isOnTrack}) {
        if (isOnTrack === null) {
            return {sign: "–", word: _t("no data")};
        }
        return isOnTrack
            ? {sign: "✓", word: _t("on the path")}
            : {sign: "▼", word: _t("behind")};
    }

    async openPeriod({evaluation_id: evaluationId}) {
        this.action.doAction(
            await this.orm.call("supplier.goal", "action_open_period", [
                [this.goal.id],
                evaluationId,
            ])
        );
    }
}

registry.category("view_widgets").add("supplier_goal", {component: SupplierGoal});
