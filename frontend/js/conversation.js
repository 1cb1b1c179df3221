// A conversation as it is answered: messages come as they are written, and each of ours says truly how far it has got.
// An answer is acknowledged only when the server says that it is stored; until then it stays on the page and is sent
// again under the same mark, so that it is stored once however often it was sent. Nothing is kept on this machine: what is
// typed and not sent lives in the box, and the page asks before it is left.

import { sendFilesOf } from "./files.js";
import { countInTitle, keepLooking } from "./live.js";
import { newMark } from "./marks.js";
import { isShutOut, post } from "./send.js";

const EVERY_MS = 3_000;
const HIDDEN_MS = 10_000;
const AGAIN_MS = [1000, 2000, 4000, 8000, 15000];
const TYPING_MS = 4_000;
const AT_END_PX = 60;
const FILE_MS = 120_000;

class Conversation {
  constructor(root) {
    this.root = root;
    this.say = root.dataset;
    this.list = root.querySelector("[data-said]");
    this.pane = root.querySelector("[data-said-box]");
    this.form = root.querySelector("[data-answer-form]");
    this.box = this.form.elements.text;
    this.cursor = Number(this.say.cursor);
    this.seen = this.cursor; // the server counted what it had drawn
    this.key = this.say.standing;
    this.unsent = [];
    this.typedAt = 0;
    this.isLeaving = false;
    this.below = root.querySelector("[data-below]");
    this.toEnd();
    document.addEventListener("submit", (event) => this.submitted(event));
    this.box.addEventListener("input", () => this.typed());
    this.pane.addEventListener("scroll", () => this.isAtEnd() && (this.below.hidden = true), { passive: true });
    this.below.addEventListener("click", () => this.toEnd());
    document.addEventListener("click", (event) => this.insert(event));
    document.addEventListener("astra:told", (event) => this.showNumbers(event.detail));
    for (const moment of ["astra:unlocked", "astra:token"]) {
      document.addEventListener(moment, () => this.sendNext());
    }
    window.addEventListener("online", () => this.sendNext());
    window.addEventListener("beforeunload", (event) => {
      if (!this.isLeaving && (this.box.value.trim() || this.root.querySelector("[data-unsent]"))) {
        event.preventDefault();
      }
    });
    const files = this.form.querySelector("[data-send-file-of]");
    sendFilesOf(files, {
      upload: (body) => post(files.dataset.sendFileOf, body, { timeout: FILE_MS }),
      stored: () => this.look(),
    });
    this.look = keepLooking(root, () => this.ask(), { everyMs: EVERY_MS, hiddenMs: HIDDEN_MS });
  }

  // ---- What comes

  async ask() {
    const body = new URLSearchParams({ after: this.cursor, key: this.key });
    const shown = this.isShown() ? this.cursor : 0;
    if (shown > this.seen) {
      body.set("seen", shown);
    }
    const response = await post(this.say.look, body, { timeout: 8000, isQuiet: true });
    if (!response.ok) {
      return false;
    }
    this.seen = Math.max(this.seen, shown);
    this.show(await response.json());
    return true;
  }

  show(told) {
    const wasAtEnd = this.isAtEnd();
    const hasNew = told.html !== "" && this.place(told.html);
    this.cursor = Math.max(this.cursor, told.cursor);
    this.root.dataset.cursor = this.cursor;
    this.showNumbers(told);
    countInTitle(told.waiting);
    const waiting = document.querySelector("[data-others-waiting]");
    waiting.textContent = told.waiting || "";
    waiting.hidden = !told.waiting;
    this.swap(told);
    if (hasNew && wasAtEnd) {
      this.toEnd();
    } else if (hasNew) {
      this.below.hidden = false;
    }
  }

  // What the bell can say as well: how far she has read, and whether she is writing.
  showNumbers(told) {
    for (const item of this.list.querySelectorAll("[data-ours][data-n]")) {
      if (Number(item.dataset.n) <= told.seen) {
        this.setState(item, this.say.saySeen);
      }
    }
    const typing = this.root.querySelector("[data-typing-shown]");
    const words = told.typing ? this.say.sayTyping : "";
    if (typing.textContent !== words) {
      typing.textContent = words;
    }
  }

  // What this page sent itself stands there already: what the server has of it takes its place.
  place(html) {
    const fresh = document.createElement("template");
    fresh.innerHTML = html;
    let isNew = false;
    for (const item of [...fresh.content.querySelectorAll("li")]) {
      if (Number(item.dataset.n) <= this.cursor) {
        continue;
      }
      const words = item.hasAttribute("data-ours") ? textOf(item) : null;
      const mine = [...this.list.querySelectorAll("[data-pending]")].find((one) => textOf(one) === words);
      mine?.remove();
      const first = this.list.querySelector("[data-pending]");
      this.list.insertBefore(item, first);
      isNew = true;
    }
    this.root.querySelector("[data-nothing-yet]")?.remove();
    return isNew;
  }

  // Who has it and what may be done changes under nobody's hand: a part in use is redrawn later.
  swap(told) {
    const parts = Object.entries(told.parts ?? {}).map(([id, html]) => [document.getElementById(id), html]);
    if (parts.some(([part]) => part.contains(document.activeElement) || part.matches(":active"))) {
      return;
    }
    for (const [part, html] of parts) {
      part.innerHTML = html;
    }
    this.key = told.key;
    const isOver = this.root.querySelector("[data-ended]") !== null;
    this.form.hidden = isOver && !this.box.value && !this.root.querySelector("[data-unsent]");
  }

  isAtEnd() {
    return this.pane.scrollHeight - this.pane.scrollTop - this.pane.clientHeight < AT_END_PX;
  }

  isShown() {
    return !document.hidden && this.isAtEnd() && !document.body.classList.contains("astra-locked");
  }

  toEnd() {
    this.pane.scrollTop = this.pane.scrollHeight;
    this.below.hidden = true;
  }

  // ---- What goes

  submitted(event) {
    if (event.submitter?.name === "verb") {
      event.preventDefault();
      this.step(event.target, event.submitter);
    } else if (event.target === this.form) {
      event.preventDefault();
      this.send();
    }
  }

  send() {
    const words = this.box.value.trim();
    if (!words) {
      return;
    }
    const item = this.root.querySelector("[data-pending-form]").content.firstElementChild.cloneNode(true);
    item.querySelector("[data-text]").textContent = words;
    const one = { mark: newMark(), words, item, tries: 0 };
    item.querySelector("[data-again]").addEventListener("click", () => this.again(one));
    item.querySelector("[data-take-back]").addEventListener("click", () => this.takeBack(one));
    this.list.append(item);
    this.root.querySelector("[data-nothing-yet]")?.remove();
    this.setState(item, this.say.saySending);
    this.unsent.push(one);
    this.box.value = "";
    this.box.dispatchEvent(new Event("input"));
    this.box.focus();
    this.toEnd();
    this.sendNext();
  }

  async sendNext() {
    if (this.isSending || !this.unsent.length) {
      return;
    }
    this.isSending = true;
    clearTimeout(this.timer);
    const one = this.unsent[0];
    let pause = 0;
    try {
      const response = await post(this.say.answer, new URLSearchParams({ text: one.words, mark: one.mark }));
      if (response.ok) {
        this.stored(one);
      } else if (isShutOut(response)) {
        pause = this.failed(one, this.say.sayAway);
      } else if (response.status < 500) {
        const told = await response.json();
        this.refused(one, told.messages.join(" "));
      } else {
        pause = this.failed(one, this.say.sayUnsent);
      }
    } catch {
      pause = this.failed(one, this.say.sayUnsent);
    }
    this.isSending = false;
    this.timer = setTimeout(() => this.sendNext(), pause);
  }

  stored(one) {
    this.unsent.shift();
    one.item.removeAttribute("data-unsent");
    this.setState(one.item, this.say.sayStored);
    this.look();
  }

  // What waits behind it is not sent either.
  failed(one, words) {
    one.tries += 1;
    for (const waiting of this.unsent) {
      this.mark(waiting, words, { isRefused: false });
    }
    return AGAIN_MS[Math.min(one.tries, AGAIN_MS.length) - 1];
  }

  // The server has said why; only a person can decide what to do with it.
  refused(one, why) {
    this.unsent.shift();
    this.mark(one, `${this.say.sayRefused} ${why}`, { isRefused: true });
    this.look();
  }

  mark(one, words, { isRefused }) {
    one.item.classList.add("astra-said__item--unsent");
    this.setState(one.item, words);
    one.item.querySelector("[data-again]").hidden = false;
    one.item.querySelector("[data-take-back]").hidden = !isRefused;
    this.toEnd();
  }

  again(one) {
    one.item.classList.remove("astra-said__item--unsent");
    for (const button of one.item.querySelectorAll("button")) {
      button.hidden = true;
    }
    this.setState(one.item, this.say.saySending);
    if (!this.unsent.includes(one)) {
      this.unsent.push(one);
    }
    this.sendNext();
  }

  takeBack(one) {
    one.item.remove();
    this.box.value = this.box.value ? `${one.words}\n${this.box.value}` : one.words;
    this.box.dispatchEvent(new Event("input"));
    this.box.focus();
  }

  setState(item, words) {
    const state = item.querySelector("[data-state]");
    if (state && state.textContent !== words) {
      state.textContent = words;
    }
  }

  typed() {
    if (this.box.value && Date.now() - this.typedAt > TYPING_MS) {
      this.typedAt = Date.now();
      post(this.say.answering, new URLSearchParams()).catch(() => {});
    }
  }

  // ---- Steps, without leaving the page and what is typed on it

  async step(form, submitter) {
    const problem = this.root.querySelector("[data-step-problem]");
    const body = new URLSearchParams(new FormData(form));
    body.delete("text");
    body.set("verb", submitter.value);
    problem.hidden = true;
    try {
      const response = await post(this.say.step, body);
      if (response.ok) {
        const told = await response.json();
        this.done(told.to);
        return;
      }
      const told = isShutOut(response) ? { messages: [this.say.sayAway] } : await response.json();
      this.complain(problem, told.messages.join(" "));
    } catch {
      this.complain(problem, this.say.sayNotDone);
    }
  }

  done(to) {
    if (to) {
      location.assign(to);
      return;
    }
    this.key = "";
    this.box.focus();
    this.look();
  }

  complain(problem, words) {
    problem.textContent = words;
    problem.hidden = false;
    problem.scrollIntoView({ block: "nearest" });
  }

  // ---- Ready answers go into the box where the caret stands, to be read and changed before they are sent

  insert(event) {
    const button = event.target instanceof Element ? event.target.closest("[data-insert]") : null;
    if (!button) {
      return;
    }
    const words = button.querySelector("[data-words]").textContent;
    const before = this.box.value.slice(0, this.box.selectionStart);
    const gap = before && !/\s$/.test(before) ? " " : "";
    this.box.focus();
    this.box.setRangeText(gap + words, this.box.selectionStart, this.box.selectionEnd, "end");
    this.box.dispatchEvent(new Event("input"));
  }
}

function textOf(item) {
  return item.querySelector("[data-text]")?.textContent.trim();
}

const root = document.querySelector("[data-conversation]");
if (root) {
  new Conversation(root);
}
