// Do we know this person? Fields inside data-known-url ask while they are typed; the server's answer (HTML) is put into
// the element with the id in data-known-target. Names travel in the body of a POST, never in an address.

import { isAsServed } from "./forms.js";
import { post } from "./send.js";

const PAUSE = 200;
const SHORTEST = 3;
const ONE_COLUMN = matchMedia("(max-width: 61.99em)");

class Known {
  constructor(group) {
    this.group = group;
    this.target = document.getElementById(group.dataset.knownTarget || "known");
    this.isBeside = this.target.closest(".astra-aside") !== null;
    this.shortest = Number(group.dataset.knownMin || SHORTEST);
    group.addEventListener("input", () => this.touched());
    if (![...group.querySelectorAll("input, select")].every(isAsServed)) {
      this.touched();
    }
  }

  words() {
    const words = new URLSearchParams();
    for (const field of this.group.querySelectorAll("input[name], select[name]")) {
      const isOff = (field.type === "checkbox" || field.type === "radio") && !field.checked;
      if (field.value.trim() && !isOff && field.type !== "hidden" && field.type !== "password") {
        words.append(field.name, field.value.trimStart()); // a space at the end says that the last word is whole
      }
    }
    return words;
  }

  isEnough() {
    const texts = this.group.querySelectorAll('input[type="text"], input[type="search"], input[type="tel"], input:not([type])');
    return [...texts].some((field) => field.value.trim().length >= this.shortest);
  }

  touched() {
    clearTimeout(this.timer);
    this.asking?.abort();
    if (!this.isEnough()) {
      this.put("");
      return;
    }
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const words = this.words();
    const asking = new AbortController();
    this.asking = asking;
    this.target.classList.add("astra-known--asking");
    try {
      const response = await post(this.group.dataset.knownUrl, words, { signal: asking.signal });
      const html = response.ok ? await response.text() : "";
      // An answer to what is no longer in the field is dropped.
      if (this.asking === asking && words.toString() === this.words().toString()) {
        this.put(html);
      }
    } catch {
      if (this.asking === asking && !asking.signal.aborted) {
        this.put("");
      }
    } finally {
      if (this.asking === asking) {
        this.target.classList.remove("astra-known--asking");
      }
    }
  }

  // Where there is no room beside the form, the answer stands under the field that asked and not below the whole form.
  place() {
    if (this.isBeside && ONE_COLUMN.matches && this.group.nextElementSibling !== this.target) {
      this.group.after(this.target);
    }
  }

  put(html) {
    this.place();
    this.target.classList.remove("astra-known--asking");
    if (this.target.innerHTML !== html) {
      this.target.innerHTML = html;
    }
  }
}

const started = new WeakSet();

export function startKnown(root = document) {
  for (const group of root.querySelectorAll("[data-known-url]")) {
    if (!started.has(group) && document.getElementById(group.dataset.knownTarget || "known")) {
      started.add(group);
      new Known(group);
    }
  }
}
