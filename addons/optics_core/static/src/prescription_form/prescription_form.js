/** @odoo-module **/

import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";

import { onMounted } from "@odoo/owl";

/**
 * Leads back to what stops the saving, instead of a dialog that takes the keyboard away.
 *
 * The server has judged the values already, while they were typed, and judges them again.
 */
export class PrescriptionFormController extends FormController {
    setup() {
        super.setup();
        this.notification = useService("notification");
        onMounted(() => this.beginTyping());
    }

    /** A draft that is opened again goes on where it matters; a new one begins with the patient. */
    beginTyping() {
        const { isNew, data } = this.model.root;
        if (isNew || data.state !== "draft") {
            return;
        }
        const isExplained = !data.amends_id || data.amend_reason;
        const firstCell = data.kind === "contact" ? "od_cl_brand" : "od_sph";
        this.focusWhenDrawn(isExplained ? firstCell : "amend_reason");
    }

    async onWillSaveRecord(record, changes) {
        const { refusals, unusual_sentences, may_confirm_unusual, unusual_reason } = record.data;
        if (refusals?.length) {
            return this.leadBack(
                refusals.map(({ sentence }) => sentence),
                refusals[0].name,
            );
        }
        if (unusual_sentences && may_confirm_unusual && !unusual_reason) {
            return this.leadBack(unusual_sentences.split("\n"), "unusual_reason");
        }
        return super.onWillSaveRecord(record, changes);
    }

    async onRecordSaved(record, changes) {
        this.closeRefusal?.();
        return super.onRecordSaved(record, changes);
    }

    leadBack(sentences, name) {
        this.closeRefusal?.();
        this.closeRefusal = this.notification.add(sentences.join("\n"), {
            type: "danger",
            className: "o_optics_refusal",
        });
        this.focusWhenDrawn(name);
        return false;
    }

    /** The field may appear only now, with the value that asks for it. */
    focusWhenDrawn(name, frames = 30) {
        const field = this.rootRef.el?.querySelector(`.o_field_widget[name="${name}"]`);
        const input = field?.querySelector("input, select, textarea");
        if (input?.offsetParent) {
            input.focus();
        }
        if (frames && document.activeElement !== input) {
            requestAnimationFrame(() => this.focusWhenDrawn(name, frames - 1));
        }
    }
}

registry.category("views").add("optics_prescription_form", {
    ...formView,
    Controller: PrescriptionFormController,
});
