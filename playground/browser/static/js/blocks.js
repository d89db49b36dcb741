/**
 * Block Kit as nodes.
 *
 * `place` tells the elements where they are: { key, state, errors, use(block, element, given),
 * form } with `form` a Map from "block/action" to a function that reads the field, in a modal.
 */

import { element, picture } from "./elements.js";
import { h } from "./dom.js";
import { input } from "./fields.js";
import { mrkdwn, plain } from "./mrkdwn.js";
import { richText } from "./richtext.js";

export function text(object) {
  if (!object) return [];
  return object.type === "mrkdwn" ? mrkdwn(object.text) : plain(object.text, object.emoji !== false);
}

export function blocks(list, place) {
  return list.map((block) => render(block, place));
}

const RENDERERS = {
  section,
  header: (block) => h("h3", { class: "block-header" }, text(block.text)),
  divider: () => h("hr"),
  context: (block) =>
    h("div", { class: "block-context" }, block.elements.map((piece) =>
      piece.type === "image" ? picture(piece) : h("span", {}, text(piece)))),
  actions: (block, place) =>
    h("div", { class: "block-actions" }, block.elements.map((each) => element(block, each, place))),
  input: (block, place) => input(block, place, text),
  image: (block) =>
    h("figure", { class: "block-image" }, picture(block), h("figcaption", {}, text(block.title))),
  rich_text: (block) => richText(block),
  markdown: (block) => h("div", { class: "block-text" }, mrkdwn(block.text)),
};

function render(block, place) {
  const renderer = RENDERERS[block.type];
  if (renderer) return renderer(block, place);
  return h("p", { class: "block-unknown" }, `The playground does not draw “${block.type}” blocks.`);
}

function section(block, place) {
  const words = h("div", { class: "block-words" });
  if (block.text) words.append(h("div", { class: "block-text" }, text(block.text)));
  if (block.fields) {
    words.append(h("div", { class: "block-fields" },
      block.fields.map((field) => h("div", { class: "block-text" }, text(field)))));
  }
  const beside = block.accessory &&
    h("div", { class: "block-accessory" }, element(block, block.accessory, place));
  return h("div", { class: "block-section" }, words, beside);
}
