import {registry} from "@web/core/registry";

/**
 * Lead from Purchase over to the app Suppliers, and what its user sees there first.
 *
 * An entry in Purchase with an action of the app would have both apps claim it: after
 * a reload the client would show the menus of Purchase.
 *
 * @param {object} env
 */
export async function openSuppliersApp({services}) {
    const app = services.menu
        .getApps()
        .find(({xmlid}) => xmlid === "supplier_evaluation.supplier_root_menu");
    await services.menu.selectMenu(app);
}

registry.category("actions").add("supplier_evaluation.open_app", openSuppliersApp);
