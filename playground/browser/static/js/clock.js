/** The workspace's clock, in the time zone of whoever I am, and the buttons that move it on. */

import { moment, timeOfDay } from "./dates.js";
import { fill, h, icon, toast } from "./dom.js";
import { doing, me, now, state } from "./state.js";

const MOVES = [
  ["hour", "+1 hour"],
  ["day", "+1 day"],
  ["working-day", "Next working day 10:00"],
  ["thursday", "Next Thursday 11:30"],
];

export function clock() {
  const face = h("output", { class: "clock-face", "data-testid": "clock", "aria-label": "Time in this workspace" });
  const buttons = MOVES.map(([move, label]) =>
    h("button", {
      type: "button", class: "chip", "data-testid": `clock-forward-${move}`, onclick: () => moveOn(move),
    }, label));
  return h("section", { class: "clock", "aria-label": "Clock" },
    h("div", { class: "clock-top" }, icon("clock"), face),
    h("p", { class: "clock-note" }, "Move time on to let nudges and one-on-ones come."),
    h("div", { class: "chips" }, buttons, quiet));
}

const quiet = h("button", { type: "button", class: "chip", "data-testid": "quiet", onclick: toggleQuiet });

const isQuiet = () => now() < me().quietUntil;

async function toggleQuiet() {
  const answer = await doing("quiet", { on: !isQuiet() });
  if (answer.trouble) toast(answer.trouble);
}

function drawQuiet() {
  const words = isQuiet() ? `Do not disturb until ${timeOfDay(me().quietUntil, me().tz)}` : "Do not disturb for 1 hour";
  if (quiet.textContent !== words) quiet.textContent = words;
  quiet.setAttribute("aria-pressed", String(isQuiet()));
}

export async function moveOn(move) {
  const answer = await doing("clock", { move });
  if (answer.trouble) toast(answer.trouble);
}

/** Show the time now, everywhere it is shown. */
export function drawClock() {
  if (!state.snapshot?.me) return;
  drawQuiet();
  const zone = me().tz;
  const shown = moment(now(), zone);
  for (const face of document.querySelectorAll("[data-testid=clock], .clock-small")) {
    if (face.dataset.shown === shown + zone) continue;
    face.dataset.shown = shown + zone;
    fill(face, h("b", {}, shown), h("small", {}, zone.split("/").at(-1).replaceAll("_", " ")));
  }
}
