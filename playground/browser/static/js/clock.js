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
    h("div", { class: "chips" }, buttons, week, quiet));
}

/** A week in steps, each long enough for the bot's heartbeat: what is due on a day comes on it. */
const A_WEEK = Array(5).fill(["working-day", "hour", "hour"]).flat();
const A_STEP_MS = 1800;
const WALK = "A week, step by step";

const week = h("button", { type: "button", class: "chip", "data-testid": "clock-walk-week", onclick: walk }, WALK);
let walking = false;

async function walk() {
  walking = !walking;
  for (let step = 0; walking && step < A_WEEK.length; step++) {
    week.textContent = `Stop (day ${1 + Math.floor(step / 3)} of 5)`;
    await moveOn(A_WEEK[step]);
    await new Promise((done) => setTimeout(done, A_STEP_MS));
  }
  walking = false;
  week.textContent = WALK;
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
