/** Input blocks: a label, a field, a hint, and what is wrong with it. */

import { h } from "./dom.js";
import { control } from "./elements.js";
import { withEmoji } from "./emoji.js";

export function input(block, place, text) {
  const id = `${place.key}-${block.block_id}`;
  const key = `${block.block_id}/${block.element.action_id}`;
  const { node, read } = control(block, block.element, place, (value) => {
    place.draft?.set(key, value);
    if (block.dispatch_action && block.element.type !== "plain_text_input") {
      place.use(block, block.element, value);
    }
  });
  place.form?.set(key, read);
  const grouped = node.classList.contains("boxes");
  node.id = id;
  node.removeAttribute("aria-label");
  node.setAttribute("aria-describedby", `${id}-note`);
  if (grouped) node.setAttribute("aria-labelledby", `${id}-label`);
  return h(
    "div",
    { class: "block-input", "data-block": block.block_id },
    h(grouped ? "span" : "label", { class: "label", id: `${id}-label`, for: grouped ? null : id },
      withEmoji(block.label.text)),
    block.optional && h("span", { class: "optional" }, "optional"),
    node,
    h("div", { class: "note", id: `${id}-note` },
      h("p", { class: "error", role: "alert" }, place.errors?.[block.block_id] ?? ""),
      block.hint && h("p", { class: "hint" }, text(block.hint))),
  );
}

/** Put the complaints under their fields without touching what was typed. */
export function showErrors(root, errors) {
  for (const wrapper of root.querySelectorAll(".block-input")) {
    const sentence = errors[wrapper.dataset.block] ?? "";
    wrapper.classList.toggle("wrong", Boolean(sentence));
    wrapper.querySelector(".error").textContent = sentence;
    wrapper.querySelector(".field, .boxes")?.setAttribute("aria-invalid", String(Boolean(sentence)));
  }
  root.querySelector(".wrong .field, .wrong input")?.focus();
}
