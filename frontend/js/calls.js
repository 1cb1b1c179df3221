// Does a telephone ring? Asked for on every page of the hotline: at once when the bell rings, else
// often enough that a ring is before her within a second.
// The banner appears above the page and moves no focus; who may be calling is asked once for each call. What is done with
// a call leaves the page and what is typed on it as they are.

import { saidIn } from "./live.js";
import { get, isShutOut, post } from "./send.js";

const EVERY_MS = 700;
const WITH_BELL_MS = 15_000;
const HIDDEN_MS = 5_000;
const AGAIN_MS = [1000, 2000, 5000, 15000, 30000];

class Calls {
  constructor(place) {
    this.place = place;
    this.shown = place.querySelector("[data-calls-shown]");
    this.heard = place.querySelector("[data-calls-heard]");
    this.lists = document.querySelector("[data-call-lists]");
    this.known = new Map();
    this.html = "";
    this.offset = 0;
    this.tries = 0;
    this.hasBell = false;
    place.addEventListener("submit", (event) => this.submitted(event));
    document.addEventListener("visibilitychange", () => document.hidden || this.look());
    document.addEventListener("astra:unlocked", () => this.look());
    window.addEventListener("pageshow", (event) => event.persisted && this.look());
    window.addEventListener("online", () => this.look());
    setInterval(() => this.count(), 1000);
    if (place.dataset.bellCalls && "WebSocket" in window) {
      this.listen();
    }
    this.look();
  }

  // ---- The bell says only that something is different

  listen() {
    const own = window.location.origin.replace(/^http/, "ws");
    const socket = new WebSocket(this.place.dataset.bellCalls.replace(/^self/, own));
    socket.addEventListener("open", () => {
      this.tries = 0;
      this.hasBell = true;
    });
    socket.addEventListener("message", () => this.look());
    socket.addEventListener("close", () => {
      this.hasBell = false;
      this.plan();
      setTimeout(() => this.listen(), AGAIN_MS[Math.min(this.tries, AGAIN_MS.length - 1)]);
      this.tries += 1;
    });
  }

  plan() {
    clearTimeout(this.timer);
    const pause = this.hasBell ? WITH_BELL_MS : document.hidden ? HIDDEN_MS : EVERY_MS;
    this.timer = setTimeout(() => this.look(), pause);
  }

  async look() {
    clearTimeout(this.timer);
    if (this.isAsking) {
      this.isWanted = true;
      return;
    }
    this.isAsking = true;
    try {
      const response = await get(this.place.dataset.calls);
      if (response.ok) {
        this.draw(await response.text());
      } else if (isShutOut(response)) {
        this.clear();
      }
    } catch {
      // No connection: it is asked again in a moment.
    }
    this.isAsking = false;
    if (this.isWanted) {
      this.isWanted = false;
      this.look();
    } else {
      this.plan();
    }
  }

  // ---- What is shown

  draw(html) {
    const fresh = document.createElement("template");
    fresh.innerHTML = html;
    const root = fresh.content.querySelector("[data-calls-now]");
    if (!root) {
      return;
    }
    this.offset = Date.now() - Number(root.dataset.at) * 1000;
    // The lists say of which moment they are: what changed since the page was drawn, or under somebody's hand, is not lost.
    if (this.lists && this.lists.querySelector("[data-drawn]").dataset.drawn !== root.dataset.pulse) {
      this.drawLists();
    }
    const drawn = saidIn(root);
    if (drawn === this.html || this.shown.matches(":active")) {
      return;
    }
    this.html = drawn;
    const focused = this.shown.contains(document.activeElement) ? document.activeElement.id : "";
    const opened = [...this.shown.querySelectorAll("details[open] summary")].map((summary) => summary.id);
    this.shown.replaceChildren(...root.childNodes);
    for (const id of opened) {
      document.getElementById(id)?.closest("details").setAttribute("open", "");
    }
    if (focused) {
      document.getElementById(focused)?.focus({ preventScroll: true });
    }
    this.announce();
    this.count();
    for (const call of this.shown.querySelectorAll("[data-call]")) {
      this.who(call);
    }
  }

  clear() {
    this.html = "";
    this.shown.replaceChildren();
  }

  announce() {
    const ringing = [...this.shown.querySelectorAll("[data-ring-words='1']")].map((title) => title.textContent);
    const words = ringing.join(". ");
    if (this.heard.textContent !== words) {
      this.heard.textContent = words;
    }
  }

  count() {
    for (const clock of this.shown.querySelectorAll("[data-since]")) {
      const seconds = Math.max(0, Math.round((Date.now() - this.offset) / 1000 - Number(clock.dataset.since)));
      clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    }
  }

  async who(call) {
    const key = call.dataset.who;
    const shown = call.querySelector("[data-who-shown]");
    if (this.known.has(key)) {
      shown.innerHTML = this.known.get(key);
      return;
    }
    if (shown.textContent.trim()) {
      return; // there is no number to look for
    }
    try {
      const response = await get(key);
      if (response.ok) {
        this.known.set(key, await response.text());
        const now = this.shown.querySelector(`[data-call="${call.dataset.call}"] [data-who-shown]`);
        if (now) {
          now.innerHTML = this.known.get(key);
        }
      }
    } catch {
      // It is asked again when the banner is drawn the next time.
    }
  }

  async drawLists() {
    if (this.lists.contains(document.activeElement) && document.activeElement !== this.lists) {
      return; // never under somebody's hand; she can look again
    }
    const response = await get(this.lists.dataset.callLists);
    if (response.ok) {
      this.lists.innerHTML = await response.text();
    }
  }

  // ---- What is done

  async submitted(event) {
    const form = event.target;
    if (!form.matches("[data-call-form]")) {
      return;
    }
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form, event.submitter));
    const problem = form.closest("[data-call]").querySelector("[data-calls-problem]");
    try {
      const response = await post(form.action, body);
      if (response.ok) {
        problem.hidden = true;
      } else {
        const told = await response.json();
        problem.textContent = told.messages.join(" ");
        problem.hidden = false;
      }
    } catch {
      problem.textContent = this.place.dataset.sayNotDone;
      problem.hidden = false;
      return;
    }
    this.look();
  }
}

const place = document.querySelector("[data-calls]");
if (place) {
  new Calls(place);
}
