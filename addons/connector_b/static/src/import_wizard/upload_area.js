/** @odoo-module **/

import { _t } from "@web/core/l10n/translation";
import { checkFileSize } from "@web/core/utils/files";
import { useBus, useService } from "@web/core/utils/hooks";

import { Component, useRef, useState } from "@odoo/owl";

/** A place to drop a price list on, or to click and choose it. */
export class UploadArea extends Component {
    static template = "connector_b.UploadArea";
    static props = {
        wizardId: Number,
        onUploaded: Function,
    };

    setup() {
        this.upload = useService("file_upload");
        this.notification = useService("notification");
        this.input = useRef("input");
        this.state = useState({ over: false, sending: null });
        useBus(this.upload.bus, "FILE_UPLOAD_LOADED", (ev) => this.onLoaded(ev.detail.upload));
        useBus(this.upload.bus, "FILE_UPLOAD_ERROR", (ev) => this.onError(ev.detail.upload));
    }

    get percent() {
        return Math.round(100 * (this.state.sending?.progress || 0));
    }

    onDrop(ev) {
        this.state.over = false;
        this.take(ev.dataTransfer.files);
    }

    onChosen(ev) {
        this.take(ev.target.files);
        // The same file, corrected, may be chosen again.
        ev.target.value = "";
    }

    async take(files) {
        if (this.state.sending || !files.length) {
            return;
        }
        if (files.length > 1) {
            this.notification.add(
                _t("One price list at a time, please. Several files may come as one zip."),
                { type: "warning" },
            );
            return;
        }
        if (!checkFileSize(files[0].size, this.notification)) {
            return;
        }
        this.state.sending = await this.upload.upload("/web/binary/upload_attachment", [files[0]], {
            buildFormData: (data) => {
                data.append("model", "connector.import.wizard");
                data.append("id", this.props.wizardId);
            },
        });
    }

    onLoaded(upload) {
        if (upload.id !== this.state.sending?.id) {
            return;
        }
        this.state.sending = null;
        const answers = upload.xhr.status === 200 ? JSON.parse(upload.xhr.response) : [];
        if (answers[0]?.id) {
            this.props.onUploaded(answers[0].id);
        } else {
            this.tell(answers[0]?.error);
        }
    }

    onError(upload) {
        if (upload.id === this.state.sending?.id) {
            this.state.sending = null;
            this.tell();
        }
    }

    tell(error) {
        this.notification.add(
            error || _t("The file did not arrive. Check the connection and send it once more."),
            { type: "danger" },
        );
    }
}
