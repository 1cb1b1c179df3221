// Danger now, beside whatever she is typing: the steps open in a panel, its forms are sent without leaving the page, and
// whoever is alerted sees it within seconds. Without this script the same links and forms are pages of their own.

import { saidIn } from "./live.js";
import { get, isShutOut, post } from "./send.js";

const EVERY_MS = 8_000;
const HIDDEN_MS = 20_000;

function startBeside(panel) {
  const content = panel.querySelector("[data-danger-content]");
  const problem = panel.querySelector("[data-danger-problem]");

  function show(html) {
    content.innerHTML = html;
    problem.hidden = true;
    if (!panel.open) {
      panel.show();
    }
    panel.scrollTop = 0;
    content.querySelector(".govuk-error-message, #danger-title")?.focus?.({ preventScroll: true });
  }

  function failed(words = panel.dataset.sayAway) {
    problem.textContent = words;
    problem.hidden = false;
    if (!panel.open) {
      panel.show();
    }
    panel.scrollTop = 0;
  }

  async function ask(sending) {
    try {
      const response = await sending;
      if (isShutOut(response)) {
        failed();
        return;
      }
      if (!response.ok) {
        failed(await refusal(response));
        return;
      }
      show(await response.text());
      document.dispatchEvent(new CustomEvent("astra:look"));
    } catch {
      failed();
    }
  }

  // What stands in the panel and is not sent yet stays when the key is pressed again; what is over does not.
  function open(link) {
    const isOver = content.querySelector("[data-danger-over]");
    if (content.childElementCount && !isOver) {
      panel.show();
      content.querySelector("#danger-title")?.focus({ preventScroll: true });
    } else {
      ask(get(link.href));
    }
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-danger-open], [data-danger-alerts] a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    if (link.matches("[data-danger-open]")) {
      open(link);
    } else {
      ask(get(link.href));
    }
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches?.("[data-danger-beside] [data-danger-form], [data-danger-alerts] form")) {
      return;
    }
    event.preventDefault();
    const words = new URLSearchParams(new FormData(form));
    if (event.submitter?.name) {
      words.set(event.submitter.name, event.submitter.value);
    }
    ask(post(form.action, words));
  });

  // Out of a field first (keyboard.js), then the panel goes.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel.open && !event.target.matches("textarea, input:not([type=radio]), select")) {
      panel.close();
    }
  });
  window.addEventListener("beforeunload", (event) => {
    const typed = [...content.querySelectorAll("textarea")].some((box) => box.value !== box.defaultValue);
    if (panel.open && typed) {
      event.preventDefault();
    }
  });
}

// What the server says against it, in words; nothing where it says nothing.
async function refusal(response) {
  try {
    return (await response.json()).messages.join(" ");
  } catch {
    return undefined;
  }
}

function startAlerts(place) {
  let said = saidIn(place);
  let timer;
  mark(place);

  async function look() {
    clearTimeout(timer);
    try {
      const response = await get(place.dataset.dangerAlerts);
      const fresh = document.createElement("div");
      fresh.innerHTML = response.ok ? await response.text() : place.innerHTML;
      // Never under a finger that presses, and heard again only when something changed.
      if (saidIn(fresh).trim() !== said.trim() && !place.contains(document.activeElement)) {
        place.replaceChildren(...fresh.childNodes);
        said = saidIn(place);
        mark(place);
      }
    } catch {
      // No connection: it is asked again.
    }
    timer = setTimeout(look, document.hidden ? HIDDEN_MS : EVERY_MS);
  }

  document.addEventListener("astra:look", look);
  document.addEventListener("visibilitychange", () => !document.hidden && look());
  timer = setTimeout(look, EVERY_MS);
}

// Seen in the bar of tabs while she is at another page; queues count there already.
function mark(place) {
  if (document.querySelector("[data-live], [data-conversation]")) {
    return;
  }
  const words = document.title.replace(/^\(!\) /, "");
  document.title = place.querySelector("form") ? `(!) ${words}` : words;
}

export function startDanger() {
  const panel = document.querySelector("[data-danger-beside]");
  const place = document.querySelector("[data-danger-alerts]");
  if (panel && place) {
    startBeside(panel);
    startAlerts(place);
  }
}
