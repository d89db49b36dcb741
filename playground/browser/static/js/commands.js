/** What can be typed after a slash: the manifest's commands, and the words of `/ladder`. */

import { state } from "./state.js";

const LADDER_WORDS = [
  ["", "My level, and where to go from there"],
  ["L4", "What a level expects"],
  ["L4 teaching", "One competency of a level"],
  ["next", "What the next level expects"],
  ["compare L3 L4", "What changes between two levels"],
  ["log", "Log an example"],
  ["examples", "My examples: read, change, delete"],
  ["1on1", "My one-on-one"],
  ["share", "Share examples, with a preview first"],
  ["shared", "What I shared and who opened it; what is shared with me"],
  ["settings", "My level, my manager, my nudges"],
  ["privacy", "Who sees what; export or erase everything"],
  ["help", "Everything that can be typed"],
];

/** Suggestions for what is typed so far: [{ text, note }]. */
export function suggestions(typed) {
  if (!typed.startsWith("/")) return [];
  const wanted = typed.toLowerCase();
  return everything().filter((one) => one.text.toLowerCase().startsWith(wanted) && one.text !== typed);
}

function everything() {
  const commands = state.snapshot.commands.length
    ? state.snapshot.commands
    : [{ name: "/ladder", description: "", usage: "" }];
  return commands.flatMap((command) => {
    if (command.name !== "/ladder") return [{ text: command.name, note: command.description }];
    return LADDER_WORDS.map(([word, note]) => ({ text: `/ladder ${word}`.trim(), note }));
  });
}
