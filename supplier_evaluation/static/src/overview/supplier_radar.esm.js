import {Component} from "@odoo/owl";
import {cookie} from "@web/core/browser/cookie";
import {getColor} from "@web/core/colors/colors";
import {useChart} from "./supplier_chart_hook.esm";

/** The dimensions of a few suppliers as a radar. */
export class SupplierRadar extends Component {
    static template = "supplier_evaluation.SupplierRadar";
    static props = {cards: Array, dimensions: Array};

    setup() {
        useChart(
            () => this.chartConfig(),
            () => [this.props.cards, this.props.dimensions]
        );
    }

    chartConfig() {
        return {
            type: "radar",
            data: {
                labels: this.props.dimensions.map(({label}) => label),
                datasets: this.props.cards.map((card, index) =>
                    this.dataset(card, index)
                ),
            },
            options: {
                responsive: true,
                maintainAspectRatio: false,
                animation: false,
                scales: {r: {min: 0, max: 100, ticks: {stepSize: 25}}},
                plugins: {legend: {position: "bottom"}},
            },
        };
    }

    /** Suppliers differ by their dashes, too, not by colour alone. */
    dataset(card, index) {
        const color = getColor(index, cookie.get("color_scheme"), "sm");
        return {
            label: card.title,
            data: this.props.dimensions.map(({cells}) => cells[card.id]?.score ?? null),
            borderColor: color,
            backgroundColor: `${color}22`,
            pointBackgroundColor: color,
            borderDash: index ? [2 * index + 1, 2] : [],
            borderWidth: 2,
        };
    }
}
