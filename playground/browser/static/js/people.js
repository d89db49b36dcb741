/** Faces without pictures: initials on a colour, the bot with its mark. */

import { h } from "./dom.js";
import { state } from "./state.js";

export function avatar(person) {
  if (person.id === state.snapshot.bot.id) {
    return h("img", { class: "avatar", src: "/static/mark.svg", alt: "" });
  }
  const at = state.snapshot.people.findIndex((one) => one.id === person.id);
  const name = person.realName ?? person.name ?? "?";
  const initials = name.split(/\s+/).map((word) => word[0]).slice(0, 2).join("").toUpperCase();
  return h("span", { class: `avatar tone-${at < 0 ? "none" : at % 6}`, "aria-hidden": "true" }, initials);
}
