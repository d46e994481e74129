import {Component} from "@odoo/owl";

/** Records that a published figure would count otherwise now, each with a way to it. */
export class SupplierSince extends Component {
    static template = "supplier_evaluation.SupplierSince";
    static props = {
        groups: Array,
        openDocument: Function,
    };
}
