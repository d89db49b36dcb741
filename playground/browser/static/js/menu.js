/** A small menu at a button: arrow keys, Escape, and a click elsewhere closes it. */

import { h } from "./dom.js";

let open = null;

/** `items`: [{ label, choose, testid }]; with a `name` for it, the label is a sign in a row of signs. */
export function popup(anchor, items) {
  const again = open?.anchor === anchor;
  close();
  if (again || !items.length) return;
  const menu = h("div", { class: "menu", role: "menu" }, items.map((item) =>
    h("button", {
      type: "button",
      role: "menuitem",
      tabindex: "-1",
      class: item.name && "sign",
      "aria-label": item.name,
      "data-testid": item.testid,
      onclick: () => {
        close(true);
        item.choose();
      },
    }, item.label)));
  menu.addEventListener("keydown", keys);
  (anchor.closest("dialog") ?? document.body).append(menu);
  open = { anchor, menu };
  anchor.setAttribute("aria-expanded", "true");
  place(menu, anchor);
  menu.firstChild.focus();
}

function place(menu, anchor) {
  const at = anchor.getBoundingClientRect();
  const left = Math.max(8, Math.min(at.right - menu.offsetWidth, innerWidth - menu.offsetWidth - 8));
  const below = at.bottom + menu.offsetHeight + 8 < innerHeight;
  menu.style.left = `${left}px`;
  menu.style.top = `${below ? at.bottom + 4 : at.top - menu.offsetHeight - 4}px`;
}

function close(back = false) {
  if (!open) return;
  const { anchor, menu } = open;
  open = null;
  menu.remove();
  anchor.setAttribute("aria-expanded", "false");
  if (back) anchor.focus();
}

function keys(event) {
  const items = [...open.menu.children];
  const at = items.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (step) items[(at + step + items.length) % items.length].focus();
  else if (event.key === "Escape") close(true);
  else if (event.key === "Tab") close();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

document.addEventListener("pointerdown", (event) => {
  if (open && !open.menu.contains(event.target) && !open.anchor.contains(event.target)) close();
});
