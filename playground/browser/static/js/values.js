/** What an element holds, as the page gives it back: text, an option, a date, an id, or a list. */

import { state } from "./state.js";

/** Read `state.values[block][action]` as a given value; null when empty. */
export function given(value) {
  if (!value) return null;
  const { type, ...held } = value;
  const inner = Object.values(held)[0];
  return inner === undefined ? null : inner;
}

export function optionsOf(element) {
  return element.options ?? (element.option_groups ?? []).flatMap((group) => group.options);
}

/** The choices of a select as { label, description, value, given }, people and channels included. */
export function choices(element) {
  if (element.type.includes("users_select")) {
    return state.snapshot.people.map((one) => choice(one.realName, one.id));
  }
  if (element.type.includes("conversations_select") || element.type.includes("channels_select")) {
    return state.snapshot.channels
      .filter((one) => !one.isDm)
      .map((one) => choice(`#${one.name}`, one.id));
  }
  return optionsOf(element).map((option) => ({
    label: option.text.text,
    text: option.text,
    description: option.description,
    value: option.value,
    given: option,
  }));
}

function choice(label, id) {
  return { label, text: { type: "plain_text", text: label }, value: id, given: id };
}

/** The comparable name of a given value: an option's value, or the id itself. */
export function nameOf(value) {
  return value && typeof value === "object" ? value.value : value;
}
