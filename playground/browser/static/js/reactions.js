/** Emoji under a message: a few to choose from, and pills that add or take back one's own. */

import { h, toast } from "./dom.js";
import { emoji } from "./emoji.js";
import { doing, state } from "./state.js";

const OFFERED = ["seedling", "tada", "eyes", "heart", "+1"];

/** The emoji that a message's menu starts with. */
export function signs(message) {
  return OFFERED.map((name) => ({
    label: emoji(name),
    name: `React with ${spoken(name)}`,
    testid: `react-${name}`,
    choose: () => toggle(message, name),
  }));
}

export function pills(message) {
  if (!message.reactions.length) return null;
  return h("div", { class: "reactions", role: "group", "aria-label": "Reactions" }, message.reactions.map((reaction) => {
    const mine = reaction.users.includes(state.me);
    const names = reaction.users.map(nameOf).join(", ");
    return h("button", {
      type: "button",
      class: "pill",
      "data-testid": `reaction-${reaction.name}`,
      "aria-pressed": String(mine),
      "aria-label": `${spoken(reaction.name)}, ${reaction.users.length}: ${names}`,
      title: names,
      onclick: () => toggle(message, reaction.name),
    }, h("span", { "aria-hidden": "true" }, emoji(reaction.name)), String(reaction.users.length));
  }));
}

async function toggle(message, name) {
  const answer = await doing("react", { channel: message.channel, ts: message.ts, emoji: name });
  if (answer.trouble) toast(answer.trouble);
}

const spoken = (name) => name === "+1" ? "thumbs up" : name.replaceAll("_", " ");

function nameOf(id) {
  const people = [...state.snapshot.people, state.snapshot.bot];
  const person = people.find((one) => one.id === id);
  return person?.realName ?? person?.name ?? "somebody";
}
