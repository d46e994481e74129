import {Component, useState} from "@odoo/owl";
import {linePath, pointsOf} from "./supplier_drawing.esm";
import {SupplierBar} from "./supplier_bar.esm";
import {_t} from "@web/core/l10n/translation";

const WIDTH = 72;
const HEIGHT = 22;

/** The KPIs, the costliest first or by dimension; a row explains itself. */
export class SupplierCardLines extends Component {
    static template = "supplier_evaluation.SupplierCardLines";
    static components = {SupplierBar};
    static props = {
        lines: Array,
        dimensions: Array,
        chosen: {type: [String, Boolean]},
        choose: Function,
        leftOut: Object,
        canOverride: Boolean,
        open: Function,
        explain: Function,
    };

    setup() {
        this.state = useState({isGrouped: false});
        this.size = {width: WIDTH, height: HEIGHT};
    }

    get shown() {
        const {lines, chosen} = this.props;
        return chosen ? lines.filter((line) => line.dimension === chosen) : lines;
    }

    /** One group of all, or one for each dimension. */
    get groups() {
        if (!this.state.isGrouped) {
            return [{key: "all", label: "", lines: this.shown}];
        }
        return this.props.dimensions
            .map((bar) => ({
                key: bar.dimension,
                label: bar.label,
                lines: this.shown.filter((line) => line.dimension === bar.dimension),
            }))
            .filter((group) => group.lines.length);
    }

    get chosenLabel() {
        const {dimensions, chosen} = this.props;
        return dimensions.find((bar) => bar.dimension === chosen)?.label || "";
    }

    /** What the cells are, where a narrow screen has no head of the table. */
    get labels() {
        return {
            measured: _t("Measured"),
            target: _t("Target"),
            others: _t("Others"),
            trail: _t("Over time"),
            score: _t("Score"),
            contribution: _t("Weight → points"),
            loss: _t("Lost"),
            records: _t("Records"),
        };
    }

    trail(line) {
        return linePath(pointsOf(line.trail, WIDTH, HEIGHT));
    }

    /** A line through one point cannot be seen: the last one has a dot. */
    lastDot(line) {
        return pointsOf(line.trail, WIDTH, HEIGHT).findLast(Boolean);
    }

    belowText(line) {
        return _t("below %(minimum)s", {minimum: line.minimum});
    }

    countedText(line) {
        return _t("%(count)s counted", {count: line.count});
    }

    /** What a closed dialog gives the focus back to is the button of the row. */
    explain(ev, line) {
        ev.currentTarget.querySelector("[name=kpi_id] button").focus();
        this.props.explain(line.id);
    }

    /** How many were left out is known a moment later than the rest. */
    leftOutText(line) {
        const count = this.props.leftOut[line.id];
        return count === undefined ? _t("left out") : _t("%(count)s left out", {count});
    }
}
