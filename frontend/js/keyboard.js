// Which keys do what? Whatever carries data-key: a letter ("n"), a capital with Shift ("L"), two letters in a row ("g c").
// Links and buttons are pressed, fields get the focus. Ctrl+Enter saves the form one is in. ? shows the list, made from
// data-key-label. Function keys ("F8") work while typing too: nobody hits them by accident. Letters are off while typing; can be turned off for the visit (WCAG 2.1.4), or for good by data-keys="off".

const SEQUENCE = 1500;
const OFF = "astra-keys-off";

let first = "";
let firstAt = 0;

function isTyping(target) {
  if (!(target instanceof HTMLElement)) {
    return false;
  }
  if (target.isContentEditable || target.matches("textarea, select")) {
    return true;
  }
  return target.matches("input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=file])");
}

// Somebody who believes herself in a text field and writes on, while a box to tick has the focus: her first words must
// not choose anything. What needs Shift cannot be meant by accident.
function mayBeTyping(event) {
  return event.target instanceof HTMLElement && event.target.matches("input[type=checkbox]") && !event.shiftKey;
}

function isOff() {
  return document.body.dataset.keys === "off" || sessionStorage.getItem(OFF) === "1";
}

// On a Cyrillic layout the key labelled G gives г: then the place of the key counts.
function letter(event) {
  if (event.key.length === 1 && event.key.charCodeAt(0) > 127 && event.code.startsWith("Key")) {
    const latin = event.code.slice(3);
    return event.shiftKey ? latin : latin.toLowerCase();
  }
  return event.key;
}

function visible(element) {
  return element.checkVisibility ? element.checkVisibility() : element.offsetParent !== null;
}

function find(keys) {
  return [...document.querySelectorAll(`[data-key="${CSS.escape(keys)}"]`)].find(visible);
}

function use(element) {
  if (element.matches("input:not([type=submit], [type=button]), textarea, select")) {
    element.focus();
    element.select?.();
  } else {
    element.click();
    if (element.matches("summary")) {
      element.focus(); // Tab goes on with what has just been opened
    }
  }
}

function save(target) {
  const form = target instanceof Element ? target.closest("form") : null;
  const button = form?.querySelector('[data-key="mod+enter"]') ?? (form ? null : find("mod+enter"));
  if (button) {
    button.click();
  } else {
    form?.requestSubmit();
  }
}

function showHelp() {
  const dialog = document.getElementById("keyboard-help");
  const list = dialog?.querySelector("[data-key-list]");
  if (!list || dialog.open) {
    return;
  }
  for (const old of list.querySelectorAll("[data-key-of-page]")) {
    old.remove();
  }
  const seen = new Set();
  for (const element of document.querySelectorAll("[data-key][data-key-label]")) {
    const keys = element.dataset.key;
    if (seen.has(keys) || keys === "mod+enter" || !visible(element)) {
      continue;
    }
    seen.add(keys);
    list.append(term(keys), description(element.dataset.keyLabel));
  }
  dialog.showModal();
}

function term(keys) {
  const dt = document.createElement("dt");
  dt.dataset.keyOfPage = "";
  for (const [index, key] of keys.split(" ").entries()) {
    const kbd = document.createElement("kbd");
    kbd.textContent = /^[A-Z]$/.test(key) ? `Shift ${key}` : key;
    dt.append(index ? " " : "", kbd);
  }
  return dt;
}

function description(words) {
  const dd = document.createElement("dd");
  dd.dataset.keyOfPage = "";
  dd.textContent = words;
  return dd;
}

function pressed(event) {
  if (event.defaultPrevented || event.isComposing || document.body.classList.contains("astra-locked")) {
    return;
  }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    save(event.target);
    return;
  }
  if (event.key === "Escape" && isTyping(event.target)) {
    event.target.blur();
    return;
  }
  if (/^F\d+$/.test(event.key)) {
    const element = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey ? null : find(event.key);
    if (element) {
      event.preventDefault();
      use(element);
    }
    return;
  }
  const isModified = event.ctrlKey || event.metaKey || event.altKey;
  if (isModified || isTyping(event.target) || mayBeTyping(event) || isOff() || document.querySelector("dialog[open]")) {
    return;
  }
  single(event);
}

function single(event) {
  const key = letter(event);
  if (key === "?") {
    event.preventDefault();
    showHelp();
    return;
  }
  const isSecond = first && Date.now() - firstAt < SEQUENCE;
  const element = isSecond ? find(`${first} ${key}`) : find(key);
  first = "";
  if (element) {
    event.preventDefault();
    use(element);
  } else if (!isSecond && document.querySelector(`[data-key^="${CSS.escape(key)} "]`)) {
    first = key;
    firstAt = Date.now();
  }
}

export function startKeyboard() {
  document.addEventListener("keydown", pressed);
  const toggle = document.querySelector("[data-keys-toggle]");
  toggle?.setAttribute("aria-pressed", String(isOff()));
  toggle?.addEventListener("click", () => {
    const off = !isOff();
    sessionStorage.setItem(OFF, off ? "1" : "0");
    toggle.setAttribute("aria-pressed", String(off));
  });
}
