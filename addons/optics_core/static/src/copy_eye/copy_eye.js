/** @odoo-module **/

import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { Component } from "@odoo/owl";

import { leftFromRight } from "./copied_eye";

/** Button of the form that copies the right eye's values to the left one: Alt+E. */
export class CopyEye extends Component {
    static template = "optics_core.CopyEye";
    static props = { ...standardWidgetProps };

    async copy() {
        const { record } = this.props;
        // Takes over what is still being typed.
        await record.isDirty();
        await record.update(leftFromRight(record.data, record.data.kind === "contact"));
    }
}

registry.category("view_widgets").add("optics_copy_eye", { component: CopyEye });
