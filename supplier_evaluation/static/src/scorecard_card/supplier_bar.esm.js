import {formatScore, isKnown, scoreTitle} from "../fields/supplier_score_utils.esm";
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

/** A score as a bar in the colour of its grade, beside the others and the past. */
export class SupplierBar extends Component {
    static template = "supplier_evaluation.SupplierBar";
    static props = {
        score: {type: [Number, Boolean]},
        text: String,
        color: {type: Number, optional: true},
        low: {type: [Number, Boolean], optional: true},
        high: {type: [Number, Boolean], optional: true},
        peer: {type: [Number, Boolean], optional: true},
        previous: {type: [Number, Boolean], optional: true},
        isOverridden: {type: Boolean, optional: true},
    };

    get hasScore() {
        return isKnown(this.props.score);
    }

    get hasInterval() {
        const {isOverridden, low, high} = this.props;
        return !isOverridden && isKnown(low) && isKnown(high) && high > low;
    }

    /** Everything that is drawn, in words. */
    get title() {
        const {isOverridden, text, low, high, peer, previous} = this.props;
        const interval = this.hasInterval ? {low, high} : {};
        const parts = [scoreTitle(text, {isOverridden, ...interval})];
        if (isKnown(peer)) {
            parts.push(_t("others %(score)s", {score: formatScore(peer)}));
        }
        if (isKnown(previous)) {
            parts.push(_t("last time %(score)s", {score: formatScore(previous)}));
        }
        return parts.join(", ");
    }

    place(score) {
        return isKnown(score) ? Math.min(100, Math.max(0, score)) : false;
    }

    get intervalStyle() {
        const low = this.place(this.props.low);
        return `left: ${low}%; width: ${this.place(this.props.high) - low}%`;
    }
}
