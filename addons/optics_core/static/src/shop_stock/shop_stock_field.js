/** @odoo-module **/

import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Component } from "@odoo/owl";

/** Which places of the chain have the job's stock lenses, with a button that takes one. */
export class ShopStockField extends Component {
    static template = "optics_core.ShopStockField";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
    }

    get lenses() {
        return this.props.record.data[this.props.name] || [];
    }

    async take(eye, place) {
        const { record } = this.props;
        await this.orm.call(record.resModel, "action_take_lens", [[record.resId], eye, place.id]);
        await record.load();
    }
}

registry.category("fields").add("optics_shop_stock", { component: ShopStockField });
