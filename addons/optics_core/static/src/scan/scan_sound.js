/** @odoo-module **/

import { browser } from "@web/core/browser/browser";

// [frequency in Hz, beginning and length in seconds]: one high beep, or two low ones.
const TONES = {
    good: [[988, 0, 0.12]],
    bad: [
        [196, 0, 0.2],
        [196, 0.28, 0.3],
    ],
};

let context = null;

/** A workshop is loud and eyes are on the glasses: the ear must tell done from refused. */
export function beep(tone) {
    const AudioContext = browser.AudioContext || browser.webkitAudioContext;
    if (!AudioContext) {
        return;
    }
    context = context || new AudioContext();
    for (const [frequency, begin, length] of TONES[tone]) {
        const oscillator = context.createOscillator();
        const volume = context.createGain();
        oscillator.type = tone === "good" ? "sine" : "square";
        oscillator.frequency.value = frequency;
        volume.gain.value = 0.15;
        oscillator.connect(volume).connect(context.destination);
        oscillator.start(context.currentTime + begin);
        oscillator.stop(context.currentTime + begin + length);
    }
}
