/** @odoo-module **/

import { browser } from "@web/core/browser/browser";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { Component, onMounted, onWillUnmount, useState } from "@odoo/owl";

import { speedText, timeLeft } from "./time_left";

// The server tells when a part is written; between two parts, and while the file is read inside
// one transaction, it cannot, so it is asked.
const ASK_EVERY = 2000;

/** The running work of an import: bar, speed, time left. At its end the form is read anew. */
export class ImportProgress extends Component {
    static template = "connector_b.ImportProgress";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ progress: null });
        // `useService` takes no service that is asynchronous as a whole, as the bus is.
        useBus(this.env.services.bus_service, "notification", ({ detail }) => this.hear(detail));
        onMounted(() => {
            this.ask();
            this.timer = browser.setInterval(() => this.ask(), ASK_EVERY);
        });
        onWillUnmount(() => browser.clearInterval(this.timer));
    }

    get percent() {
        return Math.round(this.state.progress.progress);
    }

    get speed() {
        return speedText(this.state.progress.speed, localization.decimalPoint);
    }

    get left() {
        const left = timeLeft(this.state.progress.seconds_left);
        if (!left) {
            return "";
        }
        const count = String(left.count).replace(".", localization.decimalPoint);
        return {
            seconds: _t("about %s s left", count),
            minutes: _t("about %s min left", count),
            hours: _t("about %s h left", count),
        }[left.unit];
    }

    hear(notifications) {
        const mine = ({ type, payload }) =>
            type === "connector_import_progress" && payload.job_id === this.props.record.resId;
        if (notifications.some(mine)) {
            this.ask();
        }
    }

    async ask() {
        if (this.asking) {
            return;
        }
        this.asking = true;
        try {
            const progress = await this.orm.silent.call("connector.import.job", "read_progress", [
                [this.props.record.resId],
            ]);
            if (progress.is_working) {
                this.state.progress = progress;
            } else {
                browser.clearInterval(this.timer);
                await this.props.record.load();
            }
        } finally {
            this.asking = false;
        }
    }
}

registry.category("view_widgets").add("connector_b_progress", { component: ImportProgress });
