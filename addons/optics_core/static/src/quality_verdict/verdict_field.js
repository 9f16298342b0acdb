/** @odoo-module **/

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Component } from "@odoo/owl";

/** What was ordered, what was measured, how much it may differ: a row an item, green or red. */
export class VerdictField extends Component {
    static template = "optics_core.VerdictField";
    static props = { ...standardFieldProps };

    get rows() {
        return this.props.record.data[this.props.name] || [];
    }

    itemName(item) {
        const names = {
            sph: _t("Sph"),
            cyl: _t("Cyl"),
            axis: _t("Axis"),
            add: _t("Addition"),
            height: _t("Fitting height"),
            height_difference: _t("Difference of heights"),
            prism_h: _t("Horizontal prism of the pair"),
            prism_v: _t("Vertical prism of the pair"),
        };
        return names[item] || item;
    }

    eyeName(eye) {
        return eye ? eye.toUpperCase() : _t("Pair");
    }
}

registry.category("fields").add("optics_verdict", { component: VerdictField });
