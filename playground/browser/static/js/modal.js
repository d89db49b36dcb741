/** The modals on my screen: the top one of the stack, in a native dialog that keeps the focus. */

import { blocks } from "./blocks.js";
import { h, fill, icon } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { showErrors } from "./fields.js";
import { doing, state } from "./state.js";

const drafts = new Map();
let shown = null;

export function drawModal() {
  const stack = state.snapshot.modals ?? [];
  const view = stack.at(-1);
  if (!view) return put(null);
  if (shown?.view.id === view.id && shown.view.hash === view.hash) {
    const fresh = JSON.stringify(view.errors) !== JSON.stringify(shown.view.errors);
    shown.view = view;
    if (fresh) showErrors(shown.dialog, view.errors);
    return undefined;
  }
  return put(view, stack.length);
}

function put(view, depth = 0) {
  if (!view) {
    shown?.dialog.close();
    shown?.dialog.remove();
    shown = null;
    drafts.clear();
    return;
  }
  const dialog = shown?.dialog ?? fresh();
  const focused = dialog.contains(document.activeElement) && document.activeElement.id;
  shown = { view, dialog };
  draw(dialog, view, depth);
  const again = focused && document.getElementById(focused);
  if (again) again.focus();
  else focusFirst(dialog);
}

function fresh() {
  const dialog = h("dialog", { class: "modal", "data-testid": "modal", "aria-labelledby": "modal-title" });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    close(false);
  });
  document.getElementById("dialogs").append(dialog);
  dialog.showModal();
  return dialog;
}

function draw(dialog, view, depth) {
  const form = new Map();
  if (!drafts.has(view.id)) drafts.set(view.id, new Map());
  const place = {
    key: view.id,
    state: view.state,
    errors: view.errors,
    form,
    draft: drafts.get(view.id),
    use: (block, element, value) => use(view, block, element, value),
  };
  const send = (event) => {
    event.preventDefault();
    submit(dialog, view, form);
  };
  fill(dialog, h("form", { novalidate: true, onsubmit: send },
    head(view, depth),
    h("div", { class: "modal-body" }, h("p", { class: "trouble", role: "alert" }), blocks(view.blocks, place)),
    foot(view)));
  fitFooter(dialog, view);
}

function head(view, depth) {
  return h("div", { class: "modal-head" },
    depth > 1 && iconButton("back", "Back", "modal-back", () => close(false)),
    h("h2", { id: "modal-title" }, withEmoji(view.title)),
    iconButton("close", "Close", "modal-x", () => close(true)));
}

function foot(view) {
  return h("div", { class: "modal-foot" },
    h("button", { type: "button", class: "button", "data-testid": "modal-close", onclick: () => close(false) },
      withEmoji(view.close ?? (view.submit ? "Cancel" : "Close"))),
    view.submit && h("button", { type: "submit", class: "button primary", "data-testid": "modal-submit" },
      withEmoji(view.submit)));
}

function fitFooter(dialog, view) {
  dialog.classList.toggle("no-submit", !view.submit);
}

const iconButton = (name, label, testid, onclick) =>
  h("button", { type: "button", class: "icon-button", "aria-label": label, "data-testid": testid, onclick }, icon(name));

async function use(view, block, element, value) {
  const body = { view: view.id, block: block.block_id, action: element.action_id, given: value ?? null };
  say((await doing("use", body)).trouble);
}

async function submit(dialog, view, form) {
  const button = dialog.querySelector("[data-testid=modal-submit]");
  if (!button || button.getAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  const fields = {};
  for (const [key, read] of form) {
    const cut = key.lastIndexOf("/");
    const [block, action] = [key.slice(0, cut), key.slice(cut + 1)];
    (fields[block] ??= {})[action] = read();
  }
  const answer = await doing("submit", { view: view.id, fields });
  button.removeAttribute("aria-busy");
  say(answer.trouble);
  if (shown?.view.id === view.id) showErrors(shown.dialog, shown.view.errors);
}

function close(all) {
  return shown && doing("close", { view: shown.view.id, all });
}

function say(trouble) {
  const line = shown?.dialog.querySelector(".trouble");
  if (line) line.textContent = trouble ?? "";
}

function focusFirst(dialog) {
  const field = dialog.querySelector("[autofocus]") ??
    dialog.querySelector(".modal-body .block-input :is(input, textarea, select, button)");
  const title = dialog.querySelector("#modal-title");
  title?.setAttribute("tabindex", "-1"); // a page without fields is read from its top
  (field ?? title)?.focus();
}
