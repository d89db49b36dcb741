/** The files of a message, each a link that saves it; pictures are shown too. */

import { h, icon } from "./dom.js";

export function files(message) {
  if (!message.files.length) return null;
  return h("ul", { class: "files", "aria-label": "Files" }, message.files.map((file) =>
    h("li", {}, file.isPicture && h("img", {
      class: "file-picture", src: file.href, alt: file.alt || file.title || file.name,
    }), h("a", {
      class: "file",
      href: file.href,
      download: file.name,
      "data-testid": "file",
      "aria-label": `Download ${file.title || file.name} (${file.name}, ${size(file.bytes)})`,
    },
    icon("file"),
    h("span", { class: "file-words" },
      h("strong", {}, file.title || file.name),
      h("small", {}, `${file.name} · ${file.kind} · ${size(file.bytes)}`))))));
}

function size(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  const [amount, unit] = bytes < 1e6 ? [bytes / 1e3, "kB"] : [bytes / 1e6, "MB"];
  return `${amount.toFixed(amount < 10 ? 1 : 0)} ${unit}`;
}
