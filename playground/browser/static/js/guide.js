/** A week of the product, as a list of things to try; each step can set itself up. */

import { moveOn } from "./clock.js";
import { prefill } from "./composer.js";
import { fill, h, icon } from "./dom.js";
import { drawer } from "./sidebar.js";
import { HOME, become, go, state } from "./state.js";

const ADA = "U0ADA";
const MIA = "U0MIA";
const NOOR = "U0NOOR";

const asking = (person, text) => async () => {
  await become(person);
  await go(state.snapshot.dm);
  prefill(text);
};

const channelCalled = (name) => state.snapshot.channels.find((one) => one.name === name)?.id ?? state.snapshot.dm;

const STEPS = [
  ["Read a level", "You are Ada, at L3. What is L4 about?", "Type /ladder L4", asking(ADA, "/ladder L4")],
  ["Log an example", "Simply write to Rung what you did.", "Write to Rung", asking(ADA, "I mentored a newer colleague through their first incident, and they led the next one.")],
  ["Keep a message", "Ben passes on thanks in #general. Open its ⋯ menu and save it, or react with 🌱.", "Go to #general", async () => {
    await become(ADA);
    await go(channelCalled("general"));
  }],
  ["Be asked", "On Thursday Rung asks one short question. Answer with a button, or in words in its thread.", "Next Thursday 11:30", async () => {
    await become(ADA);
    await go(state.snapshot.dm);
    await moveOn("thursday");
  }],
  ["Share one", "Choose an example, and look at what Mia will see.", "Type /ladder share", asking(ADA, "/ladder share")],
  ["Read it as the manager", "Mia sees what Ada shared, and Ada sees that she read it.", "Become Mia", async () => {
    await become(MIA);
    await go(state.snapshot.dm);
  }],
  ["See who sees what", "And take everything about you along.", "Type /ladder privacy", asking(ADA, "/ladder privacy")],
  ["Arrive as somebody new", "Noor is on no ladder yet.", "Type /ladder", asking(NOOR, "/ladder")],
];

const done = new Set(JSON.parse(sessionStorage.getItem("done") ?? "[]"));

export function guide(node) {
  fill(node,
    h("div", { class: "guide-head" },
      h("h2", {}, "A week in five minutes"),
      h("button", {
        type: "button", class: "icon-button guide-close", "aria-label": "Close", onclick: () => showGuide(false),
      }, icon("close"))),
    h("ol", { class: "steps" }, STEPS.map((step, at) => stepItem(step, at))),
    h("p", { class: "guide-foot" },
      "Rung’s ", h("button", { type: "button", class: "link", onclick: () => { leave(); go(HOME); } }, "Home tab"),
      " is always there. Close the terminal and all of this is gone."));
}

function stepItem([title, words, label, act], at) {
  const item = h("li", { class: `step ${done.has(at) ? "done" : ""}` },
    h("span", { class: "step-mark", "aria-hidden": "true" }, icon("check"), h("span", {}, String(at + 1))),
    h("div", {}, h("h3", {}, title), h("p", {}, words),
      h("button", {
        type: "button", class: "chip", "data-testid": `guide-${at + 1}`, onclick: () => {
          done.add(at);
          sessionStorage.setItem("done", JSON.stringify([...done]));
          item.classList.add("done");
          leave();
          act();
        },
      }, label)));
  return item;
}

function leave() {
  showGuide(false);
  drawer(false);
}

/** On small screens the guide lies over the page. */
export function showGuide(open) {
  document.getElementById("app").classList.toggle("guide-open", open);
}
