import {Component, useState} from "@odoo/owl";
import {linePath, radarPoints} from "./supplier_drawing.esm";
import {SupplierBar} from "./supplier_bar.esm";

const SIZE = 220;
// Where the names of the axes stand, as a score beyond the full one.
const NAMES_AT = 100;

/** What each dimension scores: bars, or a radar. Choosing one folds the KPIs to it. */
export class SupplierCardDimensions extends Component {
    static template = "supplier_evaluation.SupplierCardDimensions";
    static components = {SupplierBar};
    static props = {
        dimensions: Array,
        chosen: {type: [String, Boolean]},
        choose: Function,
    };

    setup() {
        this.state = useState({isRadar: false});
        this.size = SIZE;
    }

    get axes() {
        const {dimensions} = this.props;
        const full = radarPoints(
            dimensions.map(() => 100),
            SIZE
        );
        const names = radarPoints(
            dimensions.map(() => NAMES_AT),
            SIZE,
            SIZE / 2 - 10
        );
        return dimensions.map((bar, index) => ({
            ...bar,
            end: full[index],
            at: names[index],
            anchor: this.anchor(names[index].x),
        }));
    }

    /** A name stands outside of the radar, on its side. */
    anchor(x) {
        if (Math.abs(x - SIZE / 2) < 1) {
            return "middle";
        }
        return x < SIZE / 2 ? "end" : "start";
    }

    shape(name) {
        const scores = this.props.dimensions.map((bar) => bar[name]);
        return `${linePath(radarPoints(scores, SIZE))} Z`;
    }

    get frame() {
        return `${linePath(this.axes.map((axis) => axis.end))} Z`;
    }

    get hasPeers() {
        return this.props.dimensions.some((bar) => typeof bar.peer === "number");
    }
}
