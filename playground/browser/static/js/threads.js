/** Threads: replies are folded away behind a line under their root, and open below it. */

import { grow } from "./composer.js";
import { h, icon, toast } from "./dom.js";
import { doing, lastSeen, markSeen, room, state, tell } from "./state.js";

const open = new Set();

const nameOf = (root) => `thread-${root.channel}-${root.ts}`;

/** What is said in the room itself, and the replies by their root; without a root, one stays there. */
export function threaded(messages) {
  const replies = new Map(messages.filter((one) => !one.thread).map((one) => [one.ts, []]));
  const said = [];
  for (const message of messages) (replies.get(message.thread) ?? said).push(message);
  return { said, replies };
}

export function isOpen(root) {
  return open.has(nameOf(root));
}

/** Whether somebody else wrote in the thread since I had it open. */
export function unread(root, replies) {
  const others = replies.filter((one) => one.author !== state.me);
  return !isOpen(root) && others.length > 0 && Number(others.at(-1).ts) > lastSeen(state.me, nameOf(root));
}

export function sawThread(root, replies) {
  if (replies.length) markSeen(state.me, nameOf(root), Number(replies.at(-1).ts));
}

export function threadLine(root, replies) {
  if (!replies.length) return null;
  const count = replies.length === 1 ? "1 reply" : `${replies.length} replies`;
  return h("button", {
    type: "button",
    class: "thread-line",
    "data-testid": "thread",
    "aria-expanded": String(isOpen(root)),
    onclick: () => (isOpen(root) ? fold(root) : show(root)),
  },
  icon("chat"), count, unread(root, replies) && h("span", { class: "news", role: "img", "aria-label": "New reply" }));
}

/** What the menu of a root offers. */
export function replyItem(root) {
  return { label: "Reply in thread", testid: "reply-in-thread", choose: () => show(root)?.focus() };
}

/** Open the thread that this message is a reply in. */
export function unfold(ts) {
  const { thread, channel } = room()?.messages.find((one) => one.ts === ts) ?? {};
  if (thread) show({ channel, ts: thread });
}

/** Open a thread; gives the field at its end, none when its root is gone. */
function show(root) {
  open.add(nameOf(root));
  tell();
  const field = document.getElementById(nameOf(root));
  field?.closest("li").scrollIntoView({ block: "nearest" });
  return field;
}

function fold(root) {
  open.delete(nameOf(root));
  tell();
}

export function threadField(root) {
  const field = h("textarea", {
    rows: "1",
    class: "composer-field",
    id: nameOf(root),
    "data-testid": "thread-composer",
    "aria-label": "Reply in this thread",
    placeholder: "Reply …",
    autocomplete: "off",
    oninput: () => grow(field),
    onkeydown: (event) => {
      if (event.key === "Escape") leave(root);
      else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) send(root, field);
      else return;
      event.preventDefault();
    },
  });
  const button = h("button", {
    type: "button", class: "send", "data-testid": "thread-send", "aria-label": "Send reply", onclick: () => send(root, field),
  }, icon("send"));
  return h("li", { class: "thread-field" }, h("div", { class: "composer-box" }, field, button));
}

function leave(root) {
  fold(root);
  document.querySelector(`.message[data-ts="${CSS.escape(root.ts)}"] .message-menu`)?.focus();
}

async function send(root, field) {
  const text = field.value.trim();
  if (!text) return;
  write(field, "");
  const answer = await doing("say", { channel: root.channel, thread: root.ts, text });
  if (!answer.trouble) return;
  if (!field.value) write(field, text);
  toast(answer.trouble);
}

function write(field, text) {
  field.value = text;
  grow(field);
}
