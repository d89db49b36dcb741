/** Who I am, the bot, the channels, the clock. A drawer on small screens. */

import { clock } from "./clock.js";
import { fill, h, icon } from "./dom.js";
import { avatar } from "./people.js";
import { HOME, become, go, hasNews, state } from "./state.js";

const people = h("div", { class: "nav-list" });
const app = h("div", { class: "nav-list" });
const channels = h("div", { class: "nav-list" });
let signature = "";

export function sidebar(node) {
  fill(node,
    h("div", { class: "brand" },
      h("img", { src: "/static/mark.svg", alt: "", width: "30", height: "30" }),
      h("div", {}, h("strong", {}, "Rung playground"), h("small", {}, "All on this machine"))),
    h("nav", { class: "nav", "aria-label": "People and conversations" },
      h("h2", {}, "You are"), people, h("h2", {}, "App"), app, h("h2", {}, "Channels"), channels),
    clock());
}

export function drawSidebar() {
  const fresh = JSON.stringify([state.me, state.place, state.snapshot.people.map((one) => [one, hasNews(one)]),
    state.snapshot.channels?.map((one) => [one.id, one.name])]);
  if (fresh === signature) return;
  signature = fresh;
  const focused = document.activeElement?.dataset?.testid;
  fill(people, state.snapshot.people.map(personItem));
  fill(app, item("dm-rung", "chat", "Messages", state.snapshot.dm, hasNews(myself())),
    item("home-rung", "home", "Home", HOME));
  fill(channels, state.snapshot.channels.filter((one) => !one.isDm).map((one) =>
    item(`channel-${one.name}`, null, `# ${one.name}`, one.id)));
  if (focused) document.querySelector(`[data-testid="${focused}"]`)?.focus();
}

const myself = () => state.snapshot.people.find((one) => one.id === state.me);

function personItem(person) {
  const current = person.id === state.me;
  return h("button", {
    type: "button",
    class: "nav-item person",
    "data-testid": `person-${person.id}`,
    "aria-pressed": String(current),
    onclick: () => become(person.id),
  },
  avatar(person),
  h("span", { class: "nav-words" }, h("span", {}, person.realName), h("small", {}, person.title)),
  !current && hasNews(person) && h("span", { class: "news", "aria-label": "New message from Rung" }));
}

function item(testid, symbol, label, place, news = false) {
  const current = state.place === place;
  return h("button", {
    type: "button",
    class: "nav-item",
    "data-testid": testid,
    "aria-current": current ? "page" : null,
    onclick: () => {
      drawer(false);
      go(place);
    },
  },
  symbol && icon(symbol), h("span", { class: "nav-words" }, label),
  news && !current && h("span", { class: "news", "aria-label": "New message" }));
}

/** Open or close the drawer that the sidebar is on a small screen. */
export function drawer(open) {
  document.getElementById("app").classList.toggle("drawer-open", open);
  document.querySelector(".drawer-button")?.setAttribute("aria-expanded", String(open));
}
