import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatFloat} from "@web/core/utils/numbers";
import {problemsOf} from "./supplier_scoring.esm";

/** Steps of a slider, of which the largest that fits all weights is taken. */
const STEPS = [1, 0.5, 0.1, 0.01];

/** The weights and scales of the KPIs: sliders, and points to be edited. */
export class SupplierWhatIfLevers extends Component {
    static template = "supplier_evaluation.SupplierWhatIfLevers";
    static props = {
        kpis: Array,
        lines: Array,
        // Changes whenever what is in the lines does.
        version: Number,
        onWeight: Function,
        onPoint: Function,
        onAddPoint: Function,
        onRemovePoint: Function,
    };

    setup() {
        const weights = this.props.kpis.map(({weight}) => weight);
        this.most = Math.max(10, 2 * Math.ceil(Math.max(...weights)));
        const fits = (step) =>
            weights.every(
                (weight) => Math.abs(weight / step - Math.round(weight / step)) < 1e-6
            );
        this.step = STEPS.find(fits) || 0.01;
    }

    /** KPIs one below the other, under the names of their dimensions. */
    get groups() {
        const groups = [];
        this.props.kpis.forEach((kpi, index) => {
            let group = groups.find(({name}) => name === kpi.dimension);
            if (!group) {
                group = {name: kpi.dimension, levers: []};
                groups.push(group);
            }
            group.levers.push({kpi, index, line: this.props.lines[index]});
        });
        return groups;
    }

    get total() {
        return this.props.lines.reduce((sum, {weight}) => sum + weight, 0);
    }

    number(value) {
        return formatFloat(value || 0, {digits: [16, 2], trailingZeros: false});
    }

    share(line) {
        const {total} = this;
        return `${formatFloat(total ? (100 * line.weight) / total : 0, {
            digits: [16, 1],
        })} %`;
    }

    isChanged({kpi, line}) {
        return (
            line.weight !== kpi.weight ||
            JSON.stringify(line.draft) !== JSON.stringify(kpi.points)
        );
    }

    problems({kpi, line}) {
        const texts = {
            too_few_points: _t("it needs at least two points"),
            not_finite: _t("a point is not a number"),
            values_not_ordered: _t("the values do not rise"),
            score_out_of_range: _t("a score is not between 0 and 100"),
            not_monotone: _t("a better value would earn a lower score"),
        };
        return problemsOf(line.draft, kpi.higher_is_better)
            .map((problem) => texts[problem])
            .join(", ");
    }

    scaleSummary({line}) {
        return line.draft
            .map(([value, score]) => `${this.number(value)} → ${this.number(score)}`)
            .join(" · ");
    }

    inputLabel(kpi, position, column) {
        return column
            ? _t("%(kpi)s: score of point %(number)s", {
                  kpi: kpi.name,
                  number: position + 1,
              })
            : _t("%(kpi)s: value of point %(number)s", {
                  kpi: kpi.name,
                  number: position + 1,
              });
    }
}
