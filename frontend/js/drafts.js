// How is nothing that was typed ever lost? A form with data-draft-url is sent there as it is typed. The state is shown
// where data-draft-status stands. Nothing is kept on this machine's disk: the words live in the page and on the server.
//
// The server answers 2xx when the draft is kept (201 with Location: further saves go there), 409 when another window
// changed it, 401/403/423 or a redirect when the visit ended or is locked. Anything else is tried again.

import { isAsServed } from "./forms.js";
import { isShutOut, post } from "./send.js";

const PAUSE = 800;
const LONGEST = 4000;
const RETRIES = [2000, 4000, 8000, 15000, 30000];
const SUBMIT_WAIT = 4000;
// The clock of every other time on the page, whatever the machine is set to.
const CLOCK = { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Europe/Belgrade" };
const NEVER_SENT = new Set(["csrfmiddlewaretoken", "passphrase", "password"]);

class Draft {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.draftUrl;
    this.status = form.querySelector("[data-draft-status]");
    this.kept = [...form.elements].every(isAsServed) ? this.snapshot() : null;
    this.state = "none";
    this.failures = 0;
    this.isReleased = false;
    form.addEventListener("input", () => this.touched());
    form.addEventListener("change", () => this.touched());
    form.addEventListener("submit", (event) => this.submitted(event), true);
    document.addEventListener("astra:locking", (event) => event.detail.waitFor(this.flush()));
    for (const moment of ["astra:unlocked", "astra:token"]) {
      document.addEventListener(moment, () => this.retryNow());
    }
    window.addEventListener("online", () => this.retryNow());
    window.addEventListener("pageshow", () => {
      this.isReleased = false;
    });
    window.addEventListener("beforeunload", (event) => {
      if (this.isUnsaved() && !this.isReleased) {
        event.preventDefault();
      }
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.isUnsaved() && !this.isReleased) {
        this.flush({ keepalive: true });
      }
    });
    this.touched();
  }

  snapshot() {
    const words = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === "string" && !NEVER_SENT.has(name)) {
        words.append(name, value);
      }
    }
    return words.toString();
  }

  isUnsaved() {
    return this.form.isConnected && this.snapshot() !== this.kept;
  }

  touched() {
    if (!this.isUnsaved()) {
      return;
    }
    this.since ??= Date.now();
    clearTimeout(this.timer);
    const pause = Math.max(0, Math.min(PAUSE, this.since + LONGEST - Date.now()));
    this.timer = setTimeout(() => this.flush(), pause);
  }

  // One save at a time, so that an older text can never arrive after a newer one.
  async flush(options = {}) {
    clearTimeout(this.timer);
    while (this.sending) {
      await this.sending;
    }
    if (!this.isUnsaved()) {
      return true;
    }
    this.since = undefined;
    this.sending = this.save(this.snapshot(), options);
    const isKept = await this.sending;
    this.sending = undefined;
    if (isKept && this.isUnsaved()) {
      this.touched();
    }
    return isKept;
  }

  async save(words, options) {
    if (this.state === "none" || this.state === "saved") {
      this.show("saving");
    }
    let response;
    try {
      response = await post(this.url, new URLSearchParams(words), options);
    } catch {
      return this.failed("unsaved");
    }
    if (response.ok) {
      return this.succeeded(words, response);
    }
    if (response.status === 409) {
      return this.failed("conflict");
    }
    return this.failed(isShutOut(response) ? "away" : "unsaved");
  }

  succeeded(words, response) {
    const place = response.status === 201 && response.headers.get("Location");
    if (place && new URL(place, location.href).origin === location.origin) {
      this.url = place;
    }
    this.kept = words;
    this.failures = 0;
    this.show("saved");
    return true;
  }

  failed(state) {
    this.show(state);
    const wait = RETRIES[Math.min(this.failures, RETRIES.length - 1)];
    this.failures += 1;
    // A conflict is for a person to settle; sending again would only overwrite what the other window wrote.
    if (state !== "conflict") {
      this.timer = setTimeout(() => this.flush(), wait);
    }
    return false;
  }

  retryNow() {
    if (this.state === "unsaved" || this.state === "away") {
      this.flush();
    }
  }

  // What is not kept yet is kept first: when the connection is away the page stays, instead of an error page in its place.
  async submitted(event) {
    if (this.isReleased || !this.isUnsaved()) {
      this.isReleased = true;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    const submitter = event.submitter;
    const isPressedAgain = this.hasRefused;
    const late = new Promise((resolve) => {
      setTimeout(() => resolve(false), SUBMIT_WAIT);
    });
    if ((await Promise.race([this.flush(), late])) || isPressedAgain) {
      this.isReleased = true;
      this.form.requestSubmit(submitter);
      return;
    }
    this.hasRefused = true;
    if (this.state === "saving") {
      this.show("unsaved");
    }
    this.status?.scrollIntoView({ block: "nearest" });
  }

  show(state) {
    this.state = state;
    for (const part of this.status?.querySelectorAll("[data-draft-state]") ?? []) {
      part.hidden = part.dataset.draftState !== state;
    }
    const time = this.status?.querySelector("[data-draft-time]");
    if (time && state === "saved") {
      time.textContent = new Date().toLocaleTimeString("sr", CLOCK);
    }
  }
}

const drafts = new WeakMap();

export function startDrafts(root = document) {
  for (const form of root.querySelectorAll("form[data-draft-url]")) {
    if (!drafts.has(form)) {
      drafts.set(form, new Draft(form));
    }
  }
}
