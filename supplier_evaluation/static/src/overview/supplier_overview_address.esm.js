import {SearchModel} from "@web/search/search_model";

const VALUES = ["autocompleteValue", "generatorId"];

/**
 * A search whose filters are kept in the address, so that it can be reloaded and sent
 * to others.
 */
export class SupplierOverviewSearchModel extends SearchModel {
    setup(services, args) {
        super.setup(services, args);
        this.addressFilters = args?.filters;
    }

    async load(config) {
        await super.load(config);
        if (!config.state && this.addressFilters) {
            this.blockNotification = true;
            this.query = [];
            for (const filter of this.parseFilters(this.addressFilters)) {
                this.takeFilter(filter);
            }
            this._reset();
            this.blockNotification = false;
        }
    }

    /**
     * Return what an address says; one that was cut on its way says nothing.
     *
     * @param {string} text
     * @returns {object[]}
     */
    parseFilters(text) {
        try {
            const filters = JSON.parse(text);
            return Array.isArray(filters)
                ? filters.filter((filter) => filter && typeof filter === "object")
                : [];
        } catch (error) {
            if (error instanceof SyntaxError) {
                return [];
            }
            throw error;
        }
    }

    takeFilter({type, name, domain, description, ...values}) {
        const item = Object.values(this.searchItems).find(
            (each) => each.type === type && this.nameOf(each) === name
        );
        if (item) {
            this.query.push({searchItemId: item.id, ...values});
        } else if (domain) {
            this.createNewFilters([{description, domain}]);
        }
    }

    nameOf(item) {
        return item.name || item.serverSideId || item.fieldName;
    }

    /**
     * Return the filters that are set, for the address.
     *
     * @returns {string} empty without filters
     */
    exportFilters() {
        const filters = this.query.map((element) => {
            const item = this.searchItems[element.searchItemId];
            const filter = {type: item.type, name: this.nameOf(item)};
            if (!filter.name) {
                Object.assign(filter, {
                    domain: item.domain,
                    description: item.description,
                });
            }
            for (const name of VALUES) {
                if (name in element) {
                    filter[name] = element[name];
                }
            }
            return filter;
        });
        return filters.length ? JSON.stringify(filters) : "";
    }
}
