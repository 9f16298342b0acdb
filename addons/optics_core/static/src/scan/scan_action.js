/** @odoo-module **/

import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { Component, onWillStart, useRef, useState } from "@odoo/owl";

import { lookOf, remembered, scannedNumber } from "./scan_feedback";
import { beep } from "./scan_sound";

const ORDER = "optics.manufacturing.order";
const REMEMBERED_MODE = "optics_core.scan_mode";

/** Barcodes of jobs, read by a keyboard-wedge scanner or typed: opened, or moved on. */
export class ScanAction extends Component {
    static template = "optics_core.ScanAction";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.barcode = useService("barcode");
        this.input = useRef("input");
        this.state = useState({ modes: [], mode: "open", last: null, history: [] });
        // One after another: a scanner is faster than the server.
        this.queue = Promise.resolve();
        useBus(this.barcode.bus, "barcode_scanned", (ev) => this.take(ev.detail.barcode));
        onWillStart(async () => {
            this.state.modes = await this.orm.call(ORDER, "scan_modes", []);
            const kept = browser.localStorage.getItem(REMEMBERED_MODE);
            if (this.state.modes.some(({ mode }) => mode === kept)) {
                this.state.mode = kept;
            }
        });
    }

    get modeName() {
        return this.state.modes.find(({ mode }) => mode === this.state.mode)?.name;
    }

    lookOf(answer) {
        return lookOf(answer);
    }

    choose(mode) {
        this.state.mode = mode;
        browser.localStorage.setItem(REMEMBERED_MODE, mode);
        // The next barcode is for the scanner's service, not for this button.
        browser.document?.activeElement?.blur();
    }

    onKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            this.take(ev.target.value);
            ev.target.value = "";
        }
    }

    take(text) {
        const number = scannedNumber(text);
        if (number) {
            const { mode } = this.state;
            this.queue = this.queue.then(() => this.send(number, mode));
        }
        return this.queue;
    }

    async send(number, mode) {
        let answer = null;
        try {
            answer = await this.orm.call(ORDER, "scan", [number, mode]);
        } catch (error) {
            answer = {
                verdict: "refused",
                number,
                text: error.data?.message || _t("The server did not answer. Scan again."),
            };
        }
        answer.modeName = this.modeName;
        this.state.last = answer;
        this.state.history = remembered(this.state.history, answer);
        beep(lookOf(answer).tone);
        if (mode === "open" && answer.verdict === "done") {
            await this.open(answer.order.id);
        }
    }

    open(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: ORDER,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    async check(id) {
        const action = await this.orm.call(ORDER, "action_check_quality", [[id]]);
        return this.action.doAction({ ...action, views: [[false, "form"]] });
    }
}

registry.category("actions").add("optics_scan", ScanAction);
