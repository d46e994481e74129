import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

function isKnown(score) {
    return typeof score === "number";
}

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
        const {low, high} = this.props;
        return isKnown(low) && isKnown(high) && high > low;
    }

    /** Everything that is drawn, in words. */
    get title() {
        const {text, low, high, peer, previous} = this.props;
        const parts = [_t("%(score)s of 100", {score: text})];
        if (this.hasInterval) {
            parts.push(
                _t("with 95 % confidence %(low)s to %(high)s", {
                    low: low.toFixed(1),
                    high: high.toFixed(1),
                })
            );
        }
        if (isKnown(peer)) {
            parts.push(_t("others %(score)s", {score: peer.toFixed(1)}));
        }
        if (isKnown(previous)) {
            parts.push(_t("last time %(score)s", {score: previous.toFixed(1)}));
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
