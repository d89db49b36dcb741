/** Interactive elements: buttons, menus, pickers, boxes. */

import { confirmed } from "./confirm.js";
import { h, icon } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { popup } from "./menu.js";
import { link, mrkdwn } from "./mrkdwn.js";
import { choices, given, nameOf } from "./values.js";

/** The node of one element; choosing something tells `place.use`. */
export function element(block, one, place) {
  if (one.type === "image") return picture(one);
  if (one.type === "button") return button(block, one, place);
  if (one.type === "overflow") return overflow(block, one, place);
  return control(block, one, place, (value) => use(block, one, place, value)).node;
}

/** A file of this workspace is shown; of a picture elsewhere its words and its address. */
export function picture(image) {
  const file = image.slack_file;
  if (file) {
    const id = file.id ?? file.url.split("/").pop();
    return h("img", { class: "file-picture", src: `/files/${id}`, alt: image.alt_text });
  }
  return h("span", { class: "picture", role: "img", "aria-label": image.alt_text },
    image.image_url ? link(image.image_url, `🖼 ${image.alt_text}`) : `🖼 ${image.alt_text}`);
}

async function use(block, one, place, value) {
  if (one.confirm && !(await confirmed(one.confirm))) return;
  await place.use(block, one, value);
}

function button(block, one, place) {
  const attributes = {
    class: `button ${one.style ?? ""}`,
    "aria-label": one.accessibility_label,
    "data-action": one.action_id,
    onclick: async (event) => {
      const pressed = event.currentTarget;
      if (pressed.getAttribute("aria-busy")) return;
      pressed.setAttribute("aria-busy", "true");
      await use(block, one, place);
      pressed.removeAttribute("aria-busy");
    },
  };
  const label = withEmoji(one.text.text);
  if (!one.url) return h("button", { type: "button", ...attributes }, label);
  return h("a", { ...attributes, href: safe(one.url), target: "_blank", rel: "noopener noreferrer" }, label);
}

const safe = (address) => (/^https?:/i.test(address) ? address : null);

function overflow(block, one, place) {
  const items = one.options.map((option) => ({
    label: withEmoji(option.text.text),
    choose: () => use(block, one, place, option),
  }));
  return h("button", {
    type: "button",
    class: "button overflow",
    "aria-label": "More",
    "aria-haspopup": "menu",
    "data-action": one.action_id,
    onclick: (event) => popup(event.currentTarget, items),
  }, icon("more"));
}

/** A field and how to read it: { node, read() }; `changed(given)` is told of each change. */
export function control(block, one, place, changed) {
  const now = place.draft?.get(`${block.block_id}/${one.action_id}`) ??
    given(place.state?.[block.block_id]?.[one.action_id]);
  const common = { "data-action": one.action_id, "aria-label": one.placeholder?.text };
  if (one.type === "checkboxes" || one.type.startsWith("multi_")) return boxes(one, now, changed, "checkbox");
  if (one.type === "radio_buttons") return boxes(one, now, changed, "radio");
  if (one.type.endsWith("_select")) return select(one, now, changed, common);
  return typed(one, now, changed, common);
}

function select(one, now, changed, common) {
  if (one.type === "external_select") return { node: h("em", {}, "This menu needs a real Slack."), read: () => null };
  const all = choices(one);
  const option = (each) => h("option", { value: each.value, selected: each.value === nameOf(now) }, withEmoji(each.label));
  const empty = h("option", { value: "", selected: now === null }, one.placeholder?.text ?? "Choose …");
  const grouped = (one.option_groups ?? []).map((group) =>
    h("optgroup", { label: group.label.text },
      all.filter((each) => group.options.includes(each.given)).map(option)));
  const node = h("select", { ...common, class: "field" }, empty, grouped.length ? grouped : all.map(option));
  const read = () => all.find((each) => each.value === node.value)?.given ?? null;
  node.addEventListener("change", () => changed(read()));
  return { node, read };
}

function boxes(one, now, changed, kind) {
  const name = `${one.action_id}-${Math.random().toString(36).slice(2)}`;
  const picked = (Array.isArray(now) ? now : [now]).map(nameOf);
  const all = choices(one);
  const inputs = all.map((each) =>
    h("input", { type: kind, name, value: each.value, checked: picked.includes(each.value) }));
  const rows = all.map((each, index) => h("label", { class: "box" }, inputs[index],
    h("span", {}, label(each.text), each.description && h("small", {}, label(each.description)))));
  const chosen = () => all.filter((_, index) => inputs[index].checked).map((each) => each.given);
  const read = () => (kind === "radio" ? chosen()[0] ?? null : chosen());
  const node = h("div", { class: "boxes", role: kind === "radio" ? "radiogroup" : "group", "data-action": one.action_id }, rows);
  node.addEventListener("change", () => changed(read()));
  return { node, read };
}

const label = (object) => (object.type === "mrkdwn" ? mrkdwn(object.text) : withEmoji(object.text));

const TYPES = {
  datepicker: "date",
  timepicker: "time",
  datetimepicker: "datetime-local",
  email_text_input: "email",
  url_text_input: "url",
  number_input: "number",
};

function typed(one, now, changed, common) {
  const long = one.multiline || one.type === "rich_text_input";
  const node = h(long ? "textarea" : "input", {
    ...common,
    class: "field",
    type: long ? null : TYPES[one.type] ?? "text",
    step: one.is_decimal_allowed ? "any" : null,
    rows: long ? 4 : null,
    placeholder: one.placeholder?.text,
    maxlength: one.max_length,
    autofocus: one.focus_on_load,
  });
  node.value = shown(one, now);
  const read = () => read_(one, node.value);
  node.addEventListener(TYPES[one.type]?.match(/date|time/) ? "change" : "input", () => changed(read()));
  return { node, read };
}

function shown(one, now) {
  if (now === null || now === undefined) return "";
  if (one.type === "datetimepicker") return new Date(now * 1000).toISOString().slice(0, 16);
  if (one.type === "rich_text_input") {
    return (now.elements ?? []).flatMap((part) => part.elements ?? []).map((piece) => piece.text ?? "").join("");
  }
  return String(now);
}

function read_(one, value) {
  if (value === "") return null;
  if (one.type === "datetimepicker") return Math.round(new Date(`${value}Z`).getTime() / 1000);
  if (one.type === "rich_text_input") {
    const section = { type: "rich_text_section", elements: [{ type: "text", text: value }] };
    return { type: "rich_text", elements: [section] };
  }
  return value;
}
