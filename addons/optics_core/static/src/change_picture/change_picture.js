/** @odoo-module **/

import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Component } from "@odoo/owl";

import { DIAL, SCALE, drawing } from "./drawing";

/** What changed since the last prescription, each eye as the examiner sees it: right one left. */
export class ChangePicture extends Component {
    static template = "optics_core.ChangePicture";
    static props = { ...standardFieldProps };

    setup() {
        this.dial = DIAL;
        this.scale = SCALE;
    }

    get change() {
        return this.props.record.data[this.props.name];
    }

    get title() {
        return this.change ? this.change.title : "";
    }

    get eyes() {
        return this.change ? this.change.eyes.map((eye) => ({ ...eye, drawn: drawing(eye) })) : [];
    }
}

export const changePicture = {
    component: ChangePicture,
    supportedTypes: ["json"],
    isEmpty: (record, fieldName) => !record.data[fieldName],
};

registry.category("fields").add("optics_change_picture", changePicture);
