/** The question some buttons ask before they act. */

import { h } from "./dom.js";
import { mrkdwn, plain } from "./mrkdwn.js";

/** Resolves to true when the person said yes. */
export function confirmed(question) {
  const words = question.text.type === "mrkdwn" ? mrkdwn(question.text.text) : plain(question.text.text);
  const dialog = h("dialog", { class: "modal small", "data-testid": "confirm", "aria-label": question.title.text });
  return new Promise((resolve) => {
    const end = (answer) => {
      dialog.close();
      dialog.remove();
      resolve(answer);
    };
    dialog.append(
      h("div", { class: "modal-head" }, h("h2", {}, question.title.text)),
      h("div", { class: "modal-body" }, h("div", { class: "block-text" }, words)),
      h("div", { class: "modal-foot" },
        h("button", { type: "button", class: "button", "data-testid": "confirm-no", onclick: () => end(false) },
          question.deny.text),
        h("button", { type: "button", class: `button ${question.style ?? "primary"}`, "data-testid": "confirm-yes",
          onclick: () => end(true) }, question.confirm.text)),
    );
    dialog.addEventListener("cancel", () => end(false));
    document.getElementById("dialogs").append(dialog);
    dialog.showModal();
  });
}
