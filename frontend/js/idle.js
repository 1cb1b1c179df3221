// When nobody is there, what hides the page? A cover after data-idle-minutes without a key, a touch or a movement. The
// page behind it is left as it is: same field, same caret, nothing typed is lost. An element with data-holds-lock (an open
// call or chat) holds the cover off for an hour.
//
// The lock itself is the server's: data-lock-url is told when the cover goes up; data-unlock-url judges the passphrase
// (204 right, 400 wrong, 429 wait, 401 the visit has ended); data-activity-url (if given) hears once a minute whether
// somebody is there: active=1|0, holds=1|0, and answers 423 when it has locked by itself.

import { isShutOut, post } from "./send.js";
import { hear, tell } from "./tabs.js";

const HELD_MINUTES = 60;
const WARNING = 60_000;
const LOOK_EVERY = 5_000;
const TELL_EVERY = 10_000;
const PING_EVERY = 60_000;
const LOCK_AGAIN = 10_000;
const GRACE = 300;
const LONGEST_GRACE = 3_000;

function after(milliseconds) {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

class Idle {
  constructor(body) {
    this.body = body;
    this.cover = document.querySelector("[data-lock-cover]");
    this.warning = document.querySelector("[data-idle-warning]");
    this.limit = Number(body.dataset.idleMinutes || 15) * 60_000;
    this.lastActive = Date.now();
    this.lastTold = 0;
    this.lastPing = Date.now();
    this.otherHolds = 0;
    this.isLocked = false;
    this.telling = Promise.resolve();
    for (const kind of ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"]) {
      window.addEventListener(kind, () => this.active(), { passive: true, capture: true });
    }
    for (const kind of ["visibilitychange", "focus", "pageshow"]) {
      window.addEventListener(kind, () => this.look());
    }
    hear("active", (message) => this.elsewhere(message));
    hear("locked", () => this.lock({ isTold: true }));
    hear("unlocked", () => this.uncover());
    document.addEventListener("submit", (event) => this.lockPressed(event), true);
    this.cover.querySelector("[data-unlock-form]").addEventListener("submit", (event) => this.unlock(event));
    setInterval(() => this.look(), LOOK_EVERY);
  }

  holds() {
    return document.querySelector("[data-holds-lock]") !== null;
  }

  limitNow() {
    const isHeld = this.holds() || Date.now() - this.otherHolds < 3 * TELL_EVERY;
    return isHeld ? Math.max(this.limit, HELD_MINUTES * 60_000) : this.limit;
  }

  active() {
    if (this.isLocked) {
      return;
    }
    // A machine that slept wakes with a key press: look at the clock before believing that somebody was there.
    if (Date.now() - this.lastActive >= this.limitNow()) {
      this.lock();
      return;
    }
    this.lastActive = Date.now();
    this.warning.hidden = true;
    if (this.lastActive - this.lastTold > TELL_EVERY) {
      this.tellOthers();
    }
  }

  tellOthers() {
    this.lastTold = Date.now();
    tell("active", { at: this.lastActive, holds: this.holds() });
  }

  elsewhere(message) {
    this.lastActive = Math.max(this.lastActive, message.at);
    if (message.holds) {
      this.otherHolds = Date.now();
    }
  }

  look() {
    if (this.isLocked) {
      return;
    }
    const rest = this.lastActive + this.limitNow() - Date.now();
    if (rest <= 0) {
      this.lock();
      return;
    }
    this.warning.hidden = rest > WARNING;
    if (this.holds() && Date.now() - this.lastTold > TELL_EVERY) {
      this.tellOthers();
    }
    this.ping();
  }

  async ping() {
    const url = this.body.dataset.activityUrl;
    const isActive = this.lastActive > this.lastPing;
    if (!url || Date.now() - this.lastPing < PING_EVERY || !(isActive || this.holds())) {
      return;
    }
    this.lastPing = Date.now();
    try {
      const response = await post(url, new URLSearchParams({ active: Number(isActive), holds: Number(this.holds()) }));
      if (isShutOut(response)) {
        this.lock();
      }
    } catch {
      // The connection is away; drafts say so, and the server counts its own minutes.
    }
  }

  lockPressed(event) {
    if (event.target.matches("[data-lock-form]")) {
      event.preventDefault();
      this.lock();
    }
  }

  lock({ isTold = false } = {}) {
    if (this.isLocked) {
      return;
    }
    this.isLocked = true;
    this.isServerTold = isTold;
    this.remember();
    this.raise();
    const waits = [after(GRACE)];
    const detail = { waitFor: (promise) => waits.push(promise) };
    document.dispatchEvent(new CustomEvent("astra:locking", { detail }));
    if (isTold) {
      this.telling = after(LONGEST_GRACE); // the window that locks is telling the server meanwhile
      return;
    }
    // Every window covers itself and keeps its drafts now; the server is told when they had time for it.
    tell("locked");
    const kept = Promise.race([Promise.allSettled(waits), after(LONGEST_GRACE)]);
    this.telling = kept.then(() => this.sayLocked());
  }

  async sayLocked() {
    if (!this.isLocked) {
      return;
    }
    try {
      const response = await post(this.body.dataset.lockUrl, new URLSearchParams());
      if (response.ok || response.type === "opaqueredirect") {
        this.isServerTold = true;
        return;
      }
    } catch {
      // Tried again below: the cover stays up whether or not the server could be told.
    }
    this.sayLockedLater();
  }

  sayLockedLater() {
    clearTimeout(this.later);
    this.later = setTimeout(() => {
      this.telling = this.sayLocked();
    }, LOCK_AGAIN);
  }

  remember() {
    const field = document.activeElement;
    this.field = field === this.body ? null : field;
    this.caret = null;
    try {
      this.caret = [field.selectionStart, field.selectionEnd];
    } catch {
      // Not a field with a caret.
    }
  }

  raise() {
    for (const dialog of document.querySelectorAll("dialog[open]")) {
      dialog.close();
    }
    this.warning.hidden = true;
    this.body.classList.add("astra-locked");
    this.behind = [...this.body.children].filter((part) => part !== this.cover && !part.inert);
    for (const part of this.behind) {
      part.inert = true;
    }
    this.cover.hidden = false;
    this.say(null);
    this.input().value = "";
    this.input().focus();
  }

  input() {
    return this.cover.querySelector('input[name="passphrase"]');
  }

  say(kind) {
    for (const part of this.cover.querySelectorAll("[data-unlock-error]")) {
      part.hidden = part.dataset.unlockError !== kind;
    }
    this.cover.querySelector("[data-unlock-group]").classList.toggle("govuk-form-group--error", kind !== null);
  }

  async unlock(event) {
    event.preventDefault();
    const button = this.cover.querySelector("[data-unlock-button]");
    if (button.disabled || !this.input().value) {
      return;
    }
    button.disabled = true;
    this.say(null);
    // A lock that is still under way, or tried again meanwhile, would lock again what the passphrase has opened.
    clearTimeout(this.later);
    await this.telling;
    clearTimeout(this.later);
    try {
      const response = await post(this.body.dataset.unlockUrl, new URLSearchParams(new FormData(event.target)), {
        timeout: 30_000,
      });
      this.answered(response);
    } catch {
      this.say("network");
    } finally {
      button.disabled = false;
    }
    if (this.isLocked && !this.isServerTold) {
      this.sayLockedLater();
    }
  }

  answered(response) {
    this.input().value = "";
    if (response.ok) {
      tell("unlocked");
      this.uncover();
      return;
    }
    if (response.status === 400 || response.status === 422) {
      this.say("wrong");
    } else if (response.status === 429) {
      this.say("wait");
    } else {
      this.say(isShutOut(response) ? "ended" : "network");
    }
    this.input().focus();
  }

  uncover() {
    if (!this.isLocked) {
      return;
    }
    this.isLocked = false;
    this.lastActive = Date.now();
    this.lastPing = Date.now();
    this.cover.hidden = true;
    this.body.classList.remove("astra-locked");
    for (const part of this.behind) {
      part.inert = false;
    }
    this.returnToField();
    document.dispatchEvent(new CustomEvent("astra:unlocked"));
  }

  returnToField() {
    const field = this.field?.isConnected ? this.field : document.getElementById(this.field?.id || "main");
    field?.focus({ preventScroll: true });
    if (this.caret && this.caret[0] !== null && this.caret[0] !== undefined) {
      try {
        field.setSelectionRange(...this.caret);
      } catch {
        // A field of a kind that has no caret any more.
      }
    }
  }
}

export function startIdle() {
  if (document.body.dataset.lockUrl && document.querySelector("[data-lock-cover]")) {
    new Idle(document.body);
  }
}
