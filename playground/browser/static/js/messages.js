/** The messages of the room I am in, one list item each, redrawn only when they change.
 *  An open thread lies below its root: the replies, and a field to write one. */

import { blocks } from "./blocks.js";
import { dayOf, moment, timeOfDay } from "./dates.js";
import { files } from "./files.js";
import { h, icon, toast } from "./dom.js";
import { popup } from "./menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { avatar } from "./people.js";
import { pills, signs } from "./reactions.js";
import { doing, me, state } from "./state.js";
import { isOpen, replyItem, sawThread, threadField, threadLine, threaded, unfold, unread } from "./threads.js";

const GROUP_S = 300;
const drawn = new Map();
let last = {};

/** Bring the list up to date and keep its end in sight, or the thread that is written in. */
export function drawMessages(list, room) {
  const { said, replies } = threaded(room.messages);
  const here = { place: `${state.me}/${room.id}`, count: said.length, snapshot: state.snapshot };
  const moved = last.place !== here.place;
  const folding = last.snapshot === here.snapshot;
  if (moved) drawn.clear();
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 120;
  reconcile(list, rows(said, replies));
  const writing = list.querySelector(".thread-field:focus-within");
  if (writing) writing.scrollIntoView({ block: "nearest" });
  else if (moved || (!folding && (atEnd || here.count > last.count))) showEnd(list);
  list.classList.toggle("empty", !room.messages.length);
  last = here;
}

/** The last message in full, or its beginning when it is longer than the window. */
function showEnd(list) {
  const last = list.lastElementChild;
  const long = last && last.offsetHeight > list.clientHeight;
  list.scrollTop = long ? last.offsetTop - list.offsetTop - 8 : list.scrollHeight;
}

/** Show one message, and mark it for a moment. */
export function showMessage(ts) {
  unfold(ts);
  const item = document.querySelector(`.message[data-ts="${CSS.escape(ts)}"]`);
  item?.scrollIntoView({ block: "center" });
  item?.focus();
}

function rows(said, replies) {
  const wanted = [];
  let previous = null;
  let day = "";
  for (const message of said) {
    const today = dayOf(Number(message.ts), me().tz);
    if (day !== today) {
      wanted.push({ key: `day-${today}`, signature: today, draw: () => divider(today) });
      previous = null;
    }
    day = today;
    const thread = replies.get(message.ts) ?? [];
    wanted.push(entry(message, previous, thread));
    previous = message;
    if (!isOpen(message)) continue;
    wanted.push(...threadRows(message, thread));
    previous = null;
  }
  return wanted;
}

function threadRows(root, thread) {
  sawThread(root, thread);
  const said = thread.map((reply, at) => entry(reply, thread[at - 1] ?? null, [], root));
  return [...said, { key: `thread-${root.ts}`, signature: "", draw: () => threadField(root) }];
}

function entry(message, previous, thread, root = null) {
  const follows = isFollowUp(previous, message);
  const folded = [thread.length, isOpen(message), unread(message, thread)];
  return {
    key: message.ts,
    signature: JSON.stringify([message, follows, folded, state.snapshot.shortcuts]),
    draw: () => row(message, follows, thread, root),
  };
}

function isFollowUp(previous, message) {
  return previous !== null && previous.author === message.author &&
    previous.ephemeral === message.ephemeral && !message.ephemeral &&
    Number(message.ts) - Number(previous.ts) < GROUP_S;
}

function reconcile(list, wanted) {
  const focused = document.activeElement;
  let refocused = null;
  const kept = wanted.map((one) => {
    const there = drawn.get(one.key);
    if (there?.signature === one.signature) return there.node;
    const node = one.draw();
    drawn.set(one.key, { signature: one.signature, node });
    if (there?.node.contains(focused)) refocused = node;
    return node;
  });
  const staying = new Set(kept);
  for (const node of [...list.children]) if (!staying.has(node)) node.remove();
  kept.forEach((node, at) => {
    if (list.children[at] !== node) list.insertBefore(node, list.children[at] ?? null);
  });
  if (refocused) again(refocused, focused).focus();
}

/** What was focused in the row that this one takes the place of. */
function again(node, focused) {
  const handle = focused.dataset.testid;
  return (handle && node.querySelector(`[data-testid="${CSS.escape(handle)}"]`)) ?? node;
}

function divider(day) {
  return h("li", { class: "day", role: "separator" }, h("span", {}, day));
}

function row(message, follows, thread, root) {
  const author = [...state.snapshot.people, state.snapshot.bot].find((one) => one.id === message.author);
  const name = author?.realName ?? author?.name ?? "Slackbot";
  const time = timeSaid(message, root);
  return h(
    "li",
    {
      class: `message ${follows ? "follows" : ""} ${message.ephemeral ? "ephemeral" : ""} ${root ? "reply" : ""}`,
      "data-testid": message.ephemeral ? "ephemeral" : root ? "reply" : "message",
      "data-ts": message.ts,
      tabindex: "-1",
    },
    follows ? h("span", { class: "gutter-time", "aria-hidden": "true" }, time) : avatar(author ?? { name }),
    h("div", { class: "message-main" },
      h("div", { class: follows ? "message-head visually-hidden" : "message-head" },
        root && h("span", { class: "visually-hidden" }, "In the thread: "),
        h("strong", {}, name),
        author?.id === state.snapshot.bot.id && h("span", { class: "badge" }, "app"),
        h("time", {}, time)),
      message.ephemeral && h("p", { class: "only-you" }, icon("eye"), "Only visible to you"),
      content(message),
      message.edited && !message.ephemeral && h("span", { class: "edited" }, "(edited)"),
      files(message),
      pills(message),
      threadLine(message, thread)),
    menuButton(message, root),
  );
}

/** A reply says its day as well when that is not its root's: no line between days is near it. */
function timeSaid(message, root) {
  const [at, zone] = [Number(message.ts), me().tz];
  const another = root && dayOf(Number(root.ts), zone) !== dayOf(at, zone);
  return another ? moment(at, zone) : timeOfDay(at, zone);
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

function menuButton(message, root) {
  if (message.ephemeral) return null;
  const answering = root || message.thread ? [] : [replyItem(message)];
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
    onclick: (event) => popup(event.currentTarget, [...signs(message), ...answering, ...shortcuts]),
  }, icon("more"));
}
