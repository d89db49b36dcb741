/** rich_text blocks as nodes. */

import { slackDate } from "./dates.js";
import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { channel, link, person } from "./mrkdwn.js";
import { me, now } from "./state.js";

const MARKS = { bold: "strong", italic: "em", strike: "s", code: "code" };

export function richText(block) {
  return h("div", { class: "rich" }, block.elements.map(part));
}

function part(piece) {
  const inside = () => piece.elements.map(leaf);
  switch (piece.type) {
    case "rich_text_list":
      return h(
        piece.style === "ordered" ? "ol" : "ul",
        { class: `indent-${piece.indent ?? 0}` },
        piece.elements.map((item) => h("li", {}, item.elements.map(leaf))),
      );
    case "rich_text_quote":
      return h("blockquote", {}, inside());
    case "rich_text_preformatted":
      return h("pre", {}, inside());
    default:
      return h("p", {}, inside());
  }
}

function leaf(piece) {
  let node = bare(piece);
  for (const [mark, tag] of Object.entries(MARKS)) {
    if (piece.style?.[mark]) node = h(tag, {}, node);
  }
  return node;
}

function bare(piece) {
  switch (piece.type) {
    case "text":
      return document.createTextNode(piece.text);
    case "link":
      return link(piece.url, piece.text ?? piece.url);
    case "emoji":
      return document.createTextNode(emoji(piece.name));
    case "user":
      return person(piece.user_id);
    case "channel":
      return channel(piece.channel_id);
    case "broadcast":
      return h("span", { class: "mention" }, `@${piece.range}`);
    case "date":
      return h("time", {}, slackDate(piece.timestamp, piece.format, me().tz, now()));
    default:
      return document.createTextNode("");
  }
}
