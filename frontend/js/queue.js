// The queue of conversations keeps itself up to date. It is redrawn only when something in it has changed, never under
// a finger that presses, and the focus stays where it was.

import { countInTitle, keepLooking } from "./live.js";
import { get } from "./send.js";

const EVERY_MS = 4_000;
const HIDDEN_MS = 15_000;

function start(root) {
  const list = root.querySelector("[data-queue]");
  let html = list.innerHTML;

  function draw(fresh) {
    if (fresh === html || list.matches(":active")) {
      return;
    }
    const focused = list.contains(document.activeElement) ? document.activeElement.id : "";
    list.innerHTML = fresh;
    html = fresh;
    if (focused) {
      (document.getElementById(focused) ?? list).focus({ preventScroll: true });
    }
  }

  function count() {
    const waiting = Number(list.querySelector("[data-waiting]")?.dataset.waiting ?? 0);
    countInTitle(waiting);
    const words = list.querySelector("[data-waiting]")?.dataset.words ?? "";
    const heard = root.querySelector("[data-heard]");
    if (heard.textContent !== words) {
      heard.textContent = words;
    }
  }

  keepLooking(
    root,
    async () => {
      const response = await get(root.dataset.live);
      if (!response.ok) {
        return false;
      }
      draw(await response.text());
      count();
      return true;
    },
    { everyMs: EVERY_MS, hiddenMs: HIDDEN_MS },
  );
}

const root = document.querySelector("[data-live]");
if (root) {
  start(root);
}
