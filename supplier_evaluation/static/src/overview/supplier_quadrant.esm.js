import {
    canvasColor,
    formatAmount,
    formatScore,
    gradeById,
} from "./supplier_overview_utils.esm";
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useChart} from "./supplier_chart_hook.esm";

const SMALLEST = 5;
const LARGEST = 22;

/** How good suppliers are, and how much is bought from them. */
export class SupplierQuadrant extends Component {
    static template = "supplier_evaluation.SupplierQuadrant";
    static props = {
        points: Array,
        grades: Array,
        single: Object,
        currencyId: {type: Number, optional: true},
        openCard: Function,
    };

    setup() {
        useChart(
            (canvas) => this.chartConfig(canvas),
            () => [this.props.points, this.props.single]
        );
    }

    get listed() {
        return [...this.props.points].sort((one, other) => other.spend - one.spend);
    }

    amount(value) {
        return formatAmount(value, this.props.currencyId);
    }

    score(value) {
        return formatScore(value);
    }

    gradeName(point) {
        return gradeById(point.grade_id, this.props.grades)?.name || "";
    }

    isSingle(point) {
        return Boolean(this.props.single[point.partner_id]);
    }

    radius(point, mostLines) {
        const share = Math.sqrt(point.lines / Math.max(1, mostLines));
        return SMALLEST + share * (LARGEST - SMALLEST);
    }

    tooltip(point) {
        const values = {
            supplier: point.name,
            score: this.score(point.score),
            spend: this.amount(point.spend),
        };
        return this.isSingle(point)
            ? _t("%(supplier)s: %(score)s, %(spend)s, single source", values)
            : _t("%(supplier)s: %(score)s, %(spend)s", values);
    }

    chartConfig(element) {
        const {points, grades} = this.props;
        const mostLines = Math.max(...points.map((point) => point.lines));
        const colors = Object.fromEntries(
            grades.map((grade) => [grade.id, canvasColor(element, grade.color)])
        );
        const ring = canvasColor(element, "ring");
        return {
            type: "bubble",
            data: {
                datasets: [
                    {
                        clip: false,
                        data: points.map((point) => ({
                            x: point.score,
                            y: point.spend,
                            r: this.radius(point, mostLines),
                        })),
                        backgroundColor: points.map(
                            (point) => `${colors[point.grade_id] || ring}99`
                        ),
                        borderColor: points.map((point) =>
                            this.isSingle(point) ? ring : colors[point.grade_id] || ring
                        ),
                        borderWidth: points.map((point) =>
                            this.isSingle(point) ? 3 : 1
                        ),
                    },
                ],
            },
            options: {
                responsive: true,
                maintainAspectRatio: false,
                animation: false,
                layout: {padding: LARGEST},
                onClick: (_ev, [hit]) =>
                    hit && this.props.openCard(points[hit.index].card_id),
                scales: {
                    x: {
                        min: 0,
                        max: 100,
                        title: {display: true, text: `${_t("Score")}`},
                    },
                    y: {
                        type: "logarithmic",
                        title: {display: true, text: `${_t("Spend")}`},
                        ticks: {
                            callback: (value) => this.amount(value),
                            maxTicksLimit: 6,
                        },
                    },
                },
                plugins: {
                    legend: {display: false},
                    tooltip: {
                        callbacks: {
                            label: ({dataIndex}) => this.tooltip(points[dataIndex]),
                        },
                    },
                },
            },
        };
    }
}
