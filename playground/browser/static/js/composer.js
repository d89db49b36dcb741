/** Where messages and slash commands are written. Enter sends, Shift+Enter starts a line. */

import { suggestions } from "./commands.js";
import { fill, h, icon, toast } from "./dom.js";
import { popup } from "./menu.js";
import { doing, room, state } from "./state.js";

let field;
let list;
let shortcuts;
let chosen = -1;

export function composer() {
  field = h("textarea", {
    rows: "1",
    class: "composer-field",
    "data-testid": "composer",
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": "suggestions",
    "aria-autocomplete": "list",
    autocomplete: "off",
    spellcheck: "true",
    oninput: changed,
    onkeydown: keys,
    onblur: () => setTimeout(() => suggest([]), 150),
    onfocus: changed,
  });
  list = h("div", { class: "suggestions", id: "suggestions", role: "listbox", "aria-label": "Commands", hidden: true });
  const send = h("button", {
    type: "button", class: "send", "data-testid": "send", "aria-label": "Send", onclick: sendNow,
  }, icon("send"));
  shortcuts = h("button", {
    type: "button", class: "icon-button", "data-testid": "shortcuts", "aria-label": "Shortcuts", "aria-haspopup": "menu",
    hidden: true, onclick: (event) => popup(event.currentTarget, everywhere()),
  }, icon("bolt"));
  return h("div", { class: "composer" }, list, h("div", { class: "composer-box" }, shortcuts, field, send));
}

/** The shortcuts that belong to no message. */
function everywhere() {
  return state.snapshot.shortcuts.filter((one) => one.kind === "global").map((one) => ({
    label: one.name,
    testid: `shortcut-${one.callbackId}`,
    choose: async () => {
      const answer = await doing("shortcut", { callback: one.callbackId });
      if (answer.trouble) toast(answer.trouble);
    },
  }));
}

/** Say in the empty field where a message would go. */
export function drawComposer() {
  const here = room();
  if (!here) return;
  const to = here.isDm ? state.snapshot.bot.name : `#${here.name}`;
  field.placeholder = here.isDm ? `Write to ${to}, or /ladder` : `Write in ${to}`;
  field.setAttribute("aria-label", `Message to ${to}`);
  shortcuts.hidden = !everywhere().length;
}

/** Put `text` into the field for the person to look at and send. */
export function prefill(text) {
  field.value = text;
  field.focus();
  changed();
  suggest([]);
}

/** As high as what is written, within reason. */
export function grow(textarea) {
  textarea.style.height = "auto";
  textarea.style.height = `${Math.min(textarea.scrollHeight, 180)}px`;
}

function changed() {
  grow(field);
  suggest(suggestions(field.value));
}

function suggest(found) {
  chosen = -1;
  list.hidden = !found.length;
  field.setAttribute("aria-expanded", String(found.length > 0));
  field.removeAttribute("aria-activedescendant");
  fill(list, found.map((one, at) =>
    h("div", {
      class: "suggestion",
      role: "option",
      id: `suggestion-${at}`,
      "data-text": one.text,
      onpointerdown: (event) => {
        event.preventDefault();
        accept(one.text);
      },
    }, h("code", {}, one.text), h("span", {}, one.note))));
}

function keys(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const options = list.hidden ? [] : [...list.children];
  if (step && options.length) mark(options, (chosen + step + options.length) % options.length);
  else if (event.key === "Tab" && options.length && !event.shiftKey) accept(options[Math.max(chosen, 0)].dataset.text);
  else if (event.key === "Escape" && options.length) suggest([]);
  else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    if (chosen >= 0) accept(options[chosen].dataset.text);
    else sendNow();
  } else return;
  event.preventDefault();
}

function mark(options, at) {
  chosen = at;
  for (const [index, option] of options.entries()) option.setAttribute("aria-selected", String(index === at));
  field.setAttribute("aria-activedescendant", options[at].id);
}

function accept(text) {
  field.value = text;
  changed();
  suggest([]);
}

async function sendNow() {
  const text = field.value.trim();
  if (!text) return;
  field.value = "";
  changed();
  const answer = await doing("say", { channel: state.place, text });
  if (answer.trouble && !text.startsWith("/")) toast(answer.trouble);
}
