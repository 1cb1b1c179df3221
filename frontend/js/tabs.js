// How do the windows of one visit stay of one mind? They tell each other of activity, locking and fresh form tokens.
// Nothing about people passes here and nothing is stored.

const channel = "BroadcastChannel" in window ? new BroadcastChannel("astra") : null;
const listeners = new Map();

export function tell(kind, detail = {}) {
  channel?.postMessage({ kind, ...detail });
}

export function hear(kind, listener) {
  listeners.set(kind, [...(listeners.get(kind) ?? []), listener]);
}

channel?.addEventListener("message", (event) => {
  for (const listener of listeners.get(event.data?.kind) ?? []) {
    listener(event.data);
  }
});
