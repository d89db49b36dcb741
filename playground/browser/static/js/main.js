/**
 * The playground's page.
 *
 * Stable handles for browser tests (`data-testid`):
 *   person-<id>, dm-rung, home-rung, channel-<name>      where and who (sidebar)
 *   clock, clock-forward-hour | -day | -working-day | -thursday | clock-walk-week
 *   quiet                                                Do Not Disturb, on and off
 *   composer, send                                       writing; Enter sends as well
 *   message, ephemeral                                   list items, oldest first; data-ts
 *   message-menu, then react-<emoji>, reply-in-thread or shortcut-<id>    the ⋯ menu of a message
 *   thread                                               the line that opens and closes a thread
 *   reply, thread-composer, thread-send                  in an open thread, below its root
 *   reaction-<emoji>, file                               under a message
 *   shortcuts, then shortcut-<callback id>               the ⚡ menu beside the composer
 *   home                                                 the Home tab's contents
 *   modal, modal-submit, modal-close, modal-back, modal-x
 *   confirm, confirm-yes, confirm-no                     the question before a button acts
 *   guide-<number>, status                               the hints; what is still being set up
 * Elements carry their `data-action` (action id); fields are found by their label.
 */

import { drawClock } from "./clock.js";
import { composer, drawComposer } from "./composer.js";
import { blocks } from "./blocks.js";
import { fill, h, icon, toast } from "./dom.js";
import { guide, showGuide } from "./guide.js";
import { drawMessages, showMessage } from "./messages.js";
import { drawModal } from "./modal.js";
import { avatar } from "./people.js";
import { drawSidebar, drawer, sidebar } from "./sidebar.js";
import { doing, me, room, sawDm, start, state, watch } from "./state.js";

const title = h("div", { class: "title" });
const list = h("ol", { class: "messages", role: "log", "aria-label": "Messages", tabindex: "0" });
const home = h("div", { class: "home", "data-testid": "home", tabindex: "-1" });
const writing = composer();
const banner = h("p", { class: "banner", role: "status", "data-testid": "status", hidden: true });
let homeSignature = "";

function frame() {
  const smallClock = h("button", {
    type: "button", class: "clock-small", "aria-label": "Clock", onclick: () => drawer(true),
  });
  fill(document.getElementById("main"),
    h("header", { class: "head" },
      h("button", {
        type: "button", class: "icon-button drawer-button", "aria-label": "People and conversations",
        "aria-expanded": "false", "aria-controls": "sidebar",
        onclick: () => drawer(!document.getElementById("app").classList.contains("drawer-open")),
      }, icon("menu")),
      title, smallClock,
      h("button", {
        type: "button", class: "chip guide-button", onclick: () => showGuide(true),
      }, icon("compass"), h("span", {}, "Try this"))),
    banner, list, home, writing);
  sidebar(document.getElementById("sidebar"));
  guide(document.getElementById("guide"));
  document.getElementById("app").append(h("div", { class: "shade", onclick: () => { drawer(false); showGuide(false); } }));
}

function draw() {
  drawBanner();
  if (!state.snapshot?.me) return;
  drawSidebar();
  drawTitle();
  const here = room();
  list.hidden = writing.hidden = !here;
  home.hidden = Boolean(here);
  if (here) {
    drawMessages(list, here);
    drawComposer();
    if (here.isDm && document.visibilityState === "visible") sawDm();
    drawSidebar();
  } else {
    drawHome();
  }
  drawModal();
  drawClock();
}

function drawBanner() {
  const sentence = state.online
    ? state.snapshot?.status ?? "Setting up …"
    : "The playground has stopped. Start it again with “make run”.";
  banner.hidden = !sentence;
  banner.textContent = sentence;
  banner.classList.toggle("bad", !state.online);
  document.getElementById("app").classList.toggle("waiting", Boolean(sentence));
}

function drawTitle() {
  const here = room();
  const name = here && !here.isDm ? `# ${here.name}` : state.snapshot.bot.name;
  const tab = here?.isDm ? " · Messages" : here ? "" : " · Home";
  fill(title, avatar(here && !here.isDm ? me() : state.snapshot.bot),
    h("div", {}, h("h1", {}, name), h("small", {}, `as ${me().realName}${tab}`)));
  document.title = `${name} · Rung playground`;
}

function drawHome() {
  const view = state.snapshot.home;
  const signature = JSON.stringify([state.me, view]);
  if (signature === homeSignature) return;
  homeSignature = signature;
  if (!view) {
    fill(home, h("p", { class: "quiet" }, "Rung has not shown its Home tab yet."));
    return;
  }
  const place = {
    key: view.id,
    state: view.state,
    use: async (block, element, value) => {
      const answer = await doing("use", {
        view: view.id, block: block.block_id, action: element.action_id, given: value ?? null,
      });
      if (answer.trouble) toast(answer.trouble);
    },
  };
  fill(home, h("div", { class: "blocks home-page" }, blocks(view.blocks, place)));
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  drawer(false);
  showGuide(false);
});
document.addEventListener("show-message", (event) => showMessage(event.detail));
frame();
watch(draw);
setInterval(drawClock, 1000);
start();
