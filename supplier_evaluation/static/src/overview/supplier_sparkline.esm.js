import {formatScore, isKnown} from "./supplier_overview_utils.esm";
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

const WIDTH = 96;
const HEIGHT = 24;
const MARGIN = 2;

/**
 * The last scores of a supplier as a small curve; a period without one is a gap.
 *
 * Other figures come with their range, and with what the curve says in words.
 */
export class SupplierSparkline extends Component {
    static template = "supplier_evaluation.SupplierSparkline";
    static props = {
        values: Array,
        range: {type: Array, optional: true},
        level: {type: Number, optional: true},
        title: {type: String, optional: true},
    };
    static defaultProps = {range: [0, 100]};

    get viewBox() {
        return `0 0 ${WIDTH} ${HEIGHT}`;
    }

    y(value) {
        const [low, high] = this.props.range;
        const way = (value - low) / (high - low);
        return HEIGHT - MARGIN - way * (HEIGHT - 2 * MARGIN);
    }

    /** A line across at some height, as that of a goal. */
    get level() {
        const {level} = this.props;
        return isKnown(level) ? {width: WIDTH, y: this.y(level)} : false;
    }

    get points() {
        const {values} = this.props;
        const step = (WIDTH - 2 * MARGIN) / Math.max(1, values.length - 1);
        return values.map((value, index) =>
            isKnown(value) ? [MARGIN + index * step, this.y(value)] : null
        );
    }

    /** The curve, which begins anew behind each gap. */
    get path() {
        let command = "M";
        const parts = [];
        for (const point of this.points) {
            if (point) {
                parts.push(`${command}${point[0].toFixed(1)},${point[1].toFixed(1)}`);
            }
            command = point ? "L" : "M";
        }
        return parts.join("");
    }

    get last() {
        return this.points.findLast(Boolean);
    }

    get title() {
        if (this.props.title) {
            return this.props.title;
        }
        const known = this.props.values.filter(isKnown);
        if (!known.length) {
            return _t("No scores");
        }
        if (known.length === 1) {
            return _t("%s in one period", formatScore(known[0]));
        }
        return _t("From %(first)s to %(last)s in %(count)s periods", {
            first: formatScore(known[0]),
            last: formatScore(known.at(-1)),
            count: known.length,
        });
    }
}
