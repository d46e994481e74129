import {Component, onWillStart, useState} from "@odoo/owl";
import {
    canvasColor,
    formatAmount,
    formatScore,
} from "../overview/supplier_overview_utils.esm";
import {Layout} from "@web/search/layout";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useChart} from "../overview/supplier_chart_hook.esm";
import {useService} from "@web/core/utils/hooks";

const MIDDLE = 50;
const COLORS = {strategic: 5, leverage: 10, bottleneck: 3, routine: 4};
const RADIUS = 7;

/** Suppliers by impact and supply risk; each point opens one, or what is proposed. */
export class SupplierTierMatrix extends Component {
    static template = "supplier_evaluation.SupplierTierMatrix";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.state = useState({matrix: null, tier: 0, buyer: 0});
        useChart(
            (canvas) => this.chartConfig(canvas),
            () => [this.state.matrix]
        );
        onWillStart(() => this.load());
    }

    get display() {
        return {controlPanel: {}};
    }

    get quadrants() {
        return {
            strategic: _t("Strategic"),
            leverage: _t("Leverage"),
            bottleneck: _t("Bottleneck"),
            routine: _t("Routine"),
        };
    }

    /** What a phone writes before a value, as it has no room for columns. */
    get labels() {
        return {
            quadrant: _t("Quadrant"),
            impact: _t("Impact"),
            risk: _t("Risk"),
            spend: _t("Spend"),
            tier: _t("Tier"),
            proposed: _t("Proposed"),
        };
    }

    /** Those with something to decide first, then the largest. */
    get listed() {
        return [...this.state.matrix.points].sort(
            (one, other) =>
                Boolean(other.proposal) - Boolean(one.proposal) ||
                other.spend - one.spend
        );
    }

    quadrantName(point) {
        return this.quadrants[point.quadrant];
    }

    amount(value) {
        return formatAmount(value, this.state.matrix.currency_id);
    }

    points(value) {
        return formatScore(value);
    }

    async load() {
        this.state.matrix = await this.orm.call(
            "supplier.tier.figure",
            "retrieve_matrix",
            [],
            {tier_id: this.state.tier || false, buyer_id: this.state.buyer || false}
        );
    }

    async filter(name, value) {
        this.state[name] = Number(value);
        await this.load();
    }

    open(point) {
        const [model, id] = point.proposal
            ? ["supplier.tier.proposal", point.proposal]
            : ["res.partner", point.id];
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    async confirm(point) {
        await this.orm.call("supplier.tier.proposal", "action_confirm", [
            [point.proposal],
        ]);
        const values = {supplier: point.name, tier: point.proposed};
        this.notification.add(_t("%(supplier)s is in the tier %(tier)s now.", values), {
            type: "success",
        });
        await this.load();
    }

    tooltip(point) {
        const values = {
            supplier: point.name,
            quadrant: this.quadrantName(point),
            spend: this.amount(point.spend),
            proposed: point.proposed,
        };
        return point.proposal
            ? _t(
                  "%(supplier)s: %(quadrant)s, %(spend)s, proposed: %(proposed)s",
                  values
              )
            : _t("%(supplier)s: %(quadrant)s, %(spend)s", values);
    }

    chartConfig(element) {
        const {points} = this.state.matrix;
        const color = (point) => canvasColor(element, COLORS[point.quadrant]);
        const ring = canvasColor(element, "ring");
        const axis = (title) => ({
            min: 0,
            max: 100,
            title: {display: true, text: `${title}`},
            grid: {
                lineWidth: ({tick}) => (tick && tick.value === MIDDLE ? 2 : 0),
            },
            ticks: {stepSize: 25},
        });
        return {
            type: "scatter",
            data: {
                datasets: [
                    {
                        clip: false,
                        data: points.map((point) => ({x: point.risk, y: point.impact})),
                        pointRadius: RADIUS,
                        pointHoverRadius: RADIUS + 2,
                        backgroundColor: points.map((point) => `${color(point)}99`),
                        borderColor: points.map((point) =>
                            point.proposal ? ring : color(point)
                        ),
                        borderWidth: points.map((point) => (point.proposal ? 3 : 1)),
                    },
                ],
            },
            options: {
                responsive: true,
                maintainAspectRatio: false,
                animation: false,
                layout: {padding: RADIUS},
                onClick: (_ev, [hit]) => hit && this.open(points[hit.index]),
                scales: {x: axis(_t("Supply Risk")), y: axis(_t("Impact"))},
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

registry.category("actions").add("supplier_evaluation.tier_matrix", SupplierTierMatrix);
