/** Slack's mrkdwn as nodes: mentions, links, dates, bold, italic, strike, code, quotes, emoji. */

import { slackDate } from "./dates.js";
import { h } from "./dom.js";
import { emoji, withEmoji } from "./emoji.js";
import { go, me, now, state } from "./state.js";

const TOKEN = new RegExp(
  [
    "`([^`\\n]+)`",
    "<([^<>\\n]+)>",
    "(?<![\\p{L}\\p{N}*])\\*(\\S(?:[^*\\n]*\\S)?)\\*(?![\\p{L}\\p{N}*])",
    "(?<![\\p{L}\\p{N}_])_(\\S(?:[^_\\n]*\\S)?)_(?![\\p{L}\\p{N}_])",
    "(?<![\\p{L}\\p{N}~])~(\\S(?:[^~\\n]*\\S)?)~(?![\\p{L}\\p{N}~])",
    ":([a-z0-9_+-]+):",
    "(https?://[^\\s<>|]+[^\\s<>|.,;:!?)])",
  ].join("|"),
  "gu",
);

/** Go to a message of this workspace. */
async function follow(event, channelId, ts) {
  event.preventDefault();
  await go(channelId);
  document.dispatchEvent(new CustomEvent("show-message", { detail: ts }));
}

const unescaped = (text) =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** Nodes of a whole text: fenced code, quotes and lines. */
export function mrkdwn(text) {
  return text.split(/```/).flatMap((piece, index) =>
    index % 2 ? [h("pre", {}, unescaped(piece.replace(/^\n|\n$/g, "")))] : lines(piece),
  );
}

export function plain(text, withShortcodes = true) {
  return [document.createTextNode(withShortcodes ? withEmoji(text) : text)];
}

function lines(text) {
  const nodes = [];
  let quote = null;
  for (const [index, line] of text.split("\n").entries()) {
    const quoted = line.match(/^(?:&gt;|>) ?(.*)$/);
    if (quoted) {
      if (quote) quote.append("\n");
      else nodes.push((quote = h("blockquote")));
      quote.append(...inline(quoted[1]));
    } else {
      if (index && !quote) nodes.push("\n");
      quote = null;
      nodes.push(...inline(line));
    }
  }
  return nodes;
}

function inline(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > from) nodes.push(unescaped(text.slice(from, match.index)));
    nodes.push(token(match));
    from = match.index + match[0].length;
  }
  if (from < text.length) nodes.push(unescaped(text.slice(from)));
  return nodes;
}

function token([, code, angled, bold, italic, strike, shortcode, address]) {
  if (code !== undefined) return h("code", {}, unescaped(code));
  if (angled !== undefined) return angle(angled);
  if (bold !== undefined) return h("strong", {}, inline(bold));
  if (italic !== undefined) return h("em", {}, inline(italic));
  if (strike !== undefined) return h("s", {}, inline(strike));
  if (shortcode !== undefined) return emoji(shortcode);
  return link(unescaped(address), unescaped(address));
}

function angle(inside) {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? "" : unescaped(inside.slice(bar + 1));
  if (target.startsWith("@")) return person(target.slice(1), label);
  if (target.startsWith("#")) return channel(target.slice(1), label);
  if (target.startsWith("!date^")) return date(target, label);
  if (target.startsWith("!")) return h("span", { class: "mention" }, label || `@${target.slice(1)}`);
  return link(unescaped(target), label ? withEmoji(label) : unescaped(target));
}

export function person(id, label) {
  const known = [...state.snapshot.people, state.snapshot.bot].find((one) => one.id === id);
  return h("span", { class: "mention" }, `@${known?.realName ?? known?.name ?? label ?? id}`);
}

export function channel(id, label) {
  const known = state.snapshot.channels.find((one) => one.id === id);
  return h("span", { class: "mention" }, `#${known?.name ?? label ?? id}`);
}

function date(target, fallback) {
  const [, at, format, address] = target.split("^");
  const shown = Number(at) && format ? slackDate(Number(at), format, me().tz, now()) : fallback;
  return address ? link(address, shown) : h("time", { title: fallback }, shown);
}

const PERMALINK = /^https:\/\/playground\.slack\.com\/archives\/(\w+)\/p(\d+)(\d{6})$/;

/** A link only where a link is safe; a permalink leads to the message, anything else stays text. */
export function link(address, label) {
  const [, channelId, seconds, micros] = address.match(PERMALINK) ?? [];
  if (channelId) return h("a", { href: "#", onclick: (event) => follow(event, channelId, `${seconds}.${micros}`) }, label);
  if (!/^(https?:|mailto:)/i.test(address)) return document.createTextNode(label);
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, label);
}
