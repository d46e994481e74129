import {formatScore, scoreTitle} from "./supplier_score_utils.esm";
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

function percent(score) {
    return Math.min(100, Math.max(0, score));
}

/**
 * A score from 0 to 100 as a bar, with the band in which it probably lies.
 *
 * No data is neither 0 nor 100: with `has_field` false there is no bar.
 */
export class SupplierScoreField extends Component {
    static template = "supplier_evaluation.SupplierScoreField";
    static props = {
        ...standardFieldProps,
        colorField: {type: String, optional: true},
        hasField: {type: String, optional: true},
        lowField: {type: String, optional: true},
        highField: {type: String, optional: true},
        hasIntervalField: {type: String, optional: true},
        overriddenField: {type: String, optional: true},
    };

    get data() {
        return this.props.record.data;
    }

    get isOverridden() {
        const {overriddenField} = this.props;
        return Boolean(overriddenField && this.data[overriddenField]);
    }

    get hasScore() {
        const {hasField} = this.props;
        return !hasField || this.data[hasField] || this.isOverridden;
    }

    get score() {
        return this.data[this.props.name] || 0;
    }

    get formattedScore() {
        return formatScore(this.score);
    }

    get color() {
        return this.props.colorField ? this.data[this.props.colorField] || 0 : "none";
    }

    get fillStyle() {
        return `width: ${percent(this.score)}%`;
    }

    get hasInterval() {
        const {hasIntervalField, lowField, highField} = this.props;
        return Boolean(
            lowField &&
                highField &&
                this.data[lowField] !== false &&
                this.data[highField] !== false &&
                !this.isOverridden &&
                (!hasIntervalField || this.data[hasIntervalField])
        );
    }

    get intervalStyle() {
        const low = percent(this.data[this.props.lowField]);
        const high = percent(this.data[this.props.highField]);
        return `left: ${low}%; width: ${Math.max(0, high - low)}%`;
    }

    get title() {
        const {lowField, highField} = this.props;
        const interval = this.hasInterval
            ? {low: this.data[lowField], high: this.data[highField]}
            : {};
        return scoreTitle(this.formattedScore, {
            isOverridden: this.isOverridden,
            ...interval,
        });
    }
}

const OPTIONS = {
    color_field: ["colorField", "integer"],
    has_field: ["hasField", "boolean"],
    low_field: ["lowField", "float"],
    high_field: ["highField", "float"],
    has_interval_field: ["hasIntervalField", "boolean"],
    overridden_field: ["overriddenField", "boolean"],
};

export const supplierScoreField = {
    component: SupplierScoreField,
    displayName: _t("Supplier Score"),
    supportedTypes: ["float"],
    fieldDependencies: ({options}) =>
        Object.entries(OPTIONS)
            .filter(([option]) => options[option])
            .map(([option, [, type]]) => ({
                name: options[option],
                type,
                readonly: true,
            })),
    extractProps: ({options}) =>
        Object.fromEntries(
            Object.entries(OPTIONS).map(([option, [prop]]) => [prop, options[option]])
        ),
};

registry.category("fields").add("supplier_score", supplierScoreField);
