/** Who I am, where I am, and what the workspace looks like to me; one tab is one person. */

import { act, listen, readState } from "./server.js";

export const HOME = "home";

export const state = {
  me: sessionStorage.getItem("me") ?? "",
  place: sessionStorage.getItem("place") ?? "",
  online: true,
  seen: JSON.parse(sessionStorage.getItem("seen") ?? "{}"),
  snapshot: null,
};

const watchers = [];
let asking = false;
let askAgain = false;
let arrived = false;

export function watch(watcher) {
  watchers.push(watcher);
}

export function start() {
  listen(refresh, (online) => {
    if (online === state.online) return;
    state.online = online;
    if (online) refresh();
    else tell();
  });
  refresh();
}

/** Look at the workspace again; calls in quick succession share one request. */
export async function refresh() {
  if (asking) {
    askAgain = true;
    return;
  }
  asking = true;
  try {
    do {
      askAgain = false;
      const asked = state.me;
      const snapshot = await readState(asked);
      if (state.me === asked) take(snapshot);
      else askAgain = true; // I became somebody else meanwhile
    } while (askAgain);
    tell();
  } catch {
    state.online = false;
    tell();
  } finally {
    asking = false;
  }
}

function take(snapshot) {
  const first = state.snapshot === null;
  state.snapshot = snapshot;
  state.readAt = performance.now();
  if (!snapshot.me) return;
  state.me = snapshot.me;
  if (!isPlace(state.place)) state.place = snapshot.dm;
  if (first || snapshot.status) {
    for (const person of snapshot.people) markSeen(person.id, dmKey, person.heardAt, first);
  }
  if (!arrived && !snapshot.status) arrive();
}

/** The page opens in the messages with the bot, and Slack tells a bot when somebody opens them. */
function arrive() {
  arrived = true;
  if (state.place === state.snapshot.dm) act("look", { me: state.me, tab: "messages" });
}

const dmKey = "dm";

function isPlace(place) {
  return place === HOME || state.snapshot.channels.some((channel) => channel.id === place);
}

/** Have everything drawn again from what is known. */
export function tell() {
  for (const watcher of watchers) watcher(state);
}

/** Epoch seconds on the workspace's clock. */
export function now() {
  return state.snapshot.now + (performance.now() - state.readAt) / 1000;
}

export function me() {
  return state.snapshot.people.find((person) => person.id === state.me);
}

export function room() {
  return state.snapshot.channels.find((channel) => channel.id === state.place);
}

export async function become(person, place) {
  const inDm = state.place === state.snapshot.dm || state.place === HOME;
  state.me = person;
  state.place = place ?? (inDm ? "" : state.place);
  remember();
  await refresh();
  if (state.place === state.snapshot.dm) act("look", { me: state.me, tab: "messages" });
}

export async function go(place) {
  state.place = place;
  remember();
  tell();
  const tab = place === HOME ? "home" : place === state.snapshot.dm ? "messages" : null;
  if (tab) await doing("look", { tab });
}

/** Do something as myself, then look again. */
export async function doing(name, body) {
  const answer = await act(name, { me: state.me, ...body });
  await refresh();
  return answer;
}

export function markSeen(person, key, at, onlyIfNew = false) {
  const name = `${person}/${key}`;
  if (onlyIfNew && name in state.seen) return;
  if (lastSeen(person, key) >= at) return;
  state.seen[name] = at;
  remember();
}

/** The time of the newest of it that this person saw here; 0 before the first. */
export function lastSeen(person, key) {
  return state.seen[`${person}/${key}`] ?? 0;
}

export function hasNews(person) {
  return person.heardAt > lastSeen(person.id, dmKey);
}

export function sawDm() {
  markSeen(state.me, dmKey, me().heardAt);
}

function remember() {
  sessionStorage.setItem("me", state.me);
  sessionStorage.setItem("place", state.place);
  sessionStorage.setItem("seen", JSON.stringify(state.seen));
}
