// How does a script speak to the server? It sends with POST and the form token, and never follows a redirect: a redirect
// means that the visit ended or the screen is locked.

import { hear, tell } from "./tabs.js";

const meta = document.querySelector('meta[name="csrf-token"]');

export function token() {
  return meta?.content ?? "";
}

// A new sign-in changes the token; forms that are open in this window keep working with the new one.
export function takeToken(fresh) {
  if (!fresh || !meta || fresh === meta.content) {
    return;
  }
  meta.content = fresh;
  for (const input of document.querySelectorAll('input[name="csrfmiddlewaretoken"]')) {
    input.value = fresh;
  }
}

// What a page asks by itself does not count as somebody being there.
const QUIET = { "X-Astra-Poll": "1" };

export async function post(url, body, { signal, keepalive = false, timeout = 10000, isQuiet = false } = {}) {
  const signals = [signal, keepalive ? undefined : AbortSignal.timeout(timeout)].filter(Boolean);
  const response = await fetch(url, {
    method: "POST",
    body,
    keepalive,
    redirect: "manual",
    credentials: "same-origin",
    cache: "no-store",
    headers: { "X-CSRFToken": token(), "X-Requested-With": "fetch", ...(isQuiet ? QUIET : {}) },
    signal: signals.length > 1 && AbortSignal.any ? AbortSignal.any(signals) : signals[0],
  });
  const fresh = response.headers.get("X-CSRFToken");
  if (fresh) {
    takeToken(fresh);
    tell("token", { token: fresh });
  }
  return response;
}

// A page looks again by itself; nothing is typed and nothing is changed.
export function get(url, { timeout = 8000 } = {}) {
  return fetch(url, {
    redirect: "manual",
    credentials: "same-origin",
    cache: "no-store",
    headers: { "X-Requested-With": "fetch", ...QUIET },
    signal: AbortSignal.timeout(timeout),
  });
}

// Does this answer mean that the server no longer knows us, or has locked the visit?
export function isShutOut(response) {
  return response.type === "opaqueredirect" || [401, 403, 423].includes(response.status);
}

export function startTokens() {
  hear("token", (message) => {
    takeToken(message.token);
    document.dispatchEvent(new CustomEvent("astra:token"));
  });
  tell("token", { token: token() });
  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRFToken"] = token();
  });
}
