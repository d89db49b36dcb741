/** The messages of the room I am in, one list item each, redrawn only when they change. */

import { blocks } from "./blocks.js";
import { dayOf, timeOfDay } from "./dates.js";
import { files } from "./files.js";
import { h, icon, toast } from "./dom.js";
import { popup } from "./menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { avatar } from "./people.js";
import { pills, signs } from "./reactions.js";
import { doing, me, state } from "./state.js";

const GROUP_S = 300;
const drawn = new Map();
let lastPlace = "";

/** Bring the list up to date and keep its end in sight. */
export function drawMessages(list, room) {
  const moved = lastPlace !== `${state.me}/${room.id}`;
  if (moved) drawn.clear();
  lastPlace = `${state.me}/${room.id}`;
  const atEnd = moved || list.scrollHeight - list.scrollTop - list.clientHeight < 120;
  const before = list.childElementCount;
  const wanted = rows(room.messages);
  reconcile(list, wanted);
  if (atEnd || list.childElementCount > before) showEnd(list);
  list.classList.toggle("empty", !room.messages.length);
}

/** The last message in full, or its beginning when it is longer than the window. */
function showEnd(list) {
  const last = list.lastElementChild;
  const long = last && last.offsetHeight > list.clientHeight;
  list.scrollTop = long ? last.offsetTop - list.offsetTop - 8 : list.scrollHeight;
}

/** Show one message, and mark it for a moment. */
export function showMessage(ts) {
  const item = document.querySelector(`.message[data-ts="${CSS.escape(ts)}"]`);
  item?.scrollIntoView({ block: "center" });
  item?.focus();
}

function rows(messages) {
  const wanted = [];
  let previous = null;
  for (const message of messages) {
    const day = dayOf(Number(message.ts), me().tz);
    if (!previous || dayOf(Number(previous.ts), me().tz) !== day) {
      wanted.push({ key: `day-${day}`, signature: day, draw: () => divider(day) });
      previous = null;
    }
    const follows = isFollowUp(previous, message);
    wanted.push({
      key: message.ts,
      signature: JSON.stringify([message, follows, state.snapshot.shortcuts]),
      draw: () => row(message, follows),
    });
    previous = message;
  }
  return wanted;
}

function isFollowUp(previous, message) {
  return previous !== null && previous.author === message.author &&
    previous.ephemeral === message.ephemeral && !message.ephemeral &&
    Number(message.ts) - Number(previous.ts) < GROUP_S;
}

function reconcile(list, wanted) {
  const kept = wanted.map((one) => {
    const there = drawn.get(one.key);
    if (there?.signature === one.signature) return there.node;
    const node = one.draw();
    const focused = document.activeElement;
    drawn.set(one.key, { signature: one.signature, node });
    if (there?.node.contains(focused)) queueMicrotask(() => again(node, focused).focus());
    return node;
  });
  const same = kept.length === list.children.length && kept.every((node, at) => list.children[at] === node);
  if (!same) list.replaceChildren(...kept);
}

/** What was focused in the row that this one takes the place of. */
function again(node, focused) {
  const handle = focused.dataset.testid;
  return (handle && node.querySelector(`[data-testid="${CSS.escape(handle)}"]`)) ?? node;
}

function divider(day) {
  return h("li", { class: "day", role: "separator" }, h("span", {}, day));
}

function row(message, follows) {
  const author = [...state.snapshot.people, state.snapshot.bot].find((one) => one.id === message.author);
  const name = author?.realName ?? author?.name ?? "Slackbot";
  const time = timeOfDay(Number(message.ts), me().tz);
  return h(
    "li",
    {
      class: `message ${follows ? "follows" : ""} ${message.ephemeral ? "ephemeral" : ""}`,
      "data-testid": message.ephemeral ? "ephemeral" : "message",
      "data-ts": message.ts,
      tabindex: "-1",
    },
    follows ? h("span", { class: "gutter-time", "aria-hidden": "true" }, time) : avatar(author ?? { name }),
    h("div", { class: "message-main" },
      h("div", { class: follows ? "message-head visually-hidden" : "message-head" },
        h("strong", {}, name),
        author?.id === state.snapshot.bot.id && h("span", { class: "badge" }, "app"),
        h("time", {}, time)),
      message.ephemeral && h("p", { class: "only-you" }, icon("eye"), "Only visible to you"),
      content(message),
      message.edited && !message.ephemeral && h("span", { class: "edited" }, "(edited)"),
      files(message),
      pills(message)),
    menuButton(message),
  );
}

function content(message) {
  if (!message.blocks.length) return message.text && h("div", { class: "block-text" }, mrkdwn(message.text));
  const place = {
    key: message.ts,
    state: message.state,
    use: (block, element, value) => use(message, block, element, value),
  };
  return h("div", { class: "blocks" }, blocks(message.blocks, place));
}

async function use(message, block, element, value) {
  const answer = await doing("use", {
    channel: message.channel,
    ts: message.ts,
    block: block.block_id,
    action: element.action_id,
    given: value ?? null,
  });
  if (answer.trouble) toast(answer.trouble);
}

function menuButton(message) {
  if (message.ephemeral) return null;
  const shortcuts = state.snapshot.shortcuts.filter((one) => one.kind === "message").map((one) => ({
    label: one.name,
    testid: `shortcut-${one.callbackId}`,
    choose: async () => {
      const answer = await doing("shortcut", {
        callback: one.callbackId, channel: message.channel, ts: message.ts,
      });
      if (answer.trouble) toast(answer.trouble);
    },
  }));
  return h("button", {
    type: "button",
    class: "icon-button message-menu",
    "data-testid": "message-menu",
    "aria-label": "More actions",
    "aria-haspopup": "menu",
    onclick: (event) => popup(event.currentTarget, [...signs(message), ...shortcuts]),
  }, icon("more"));
}
