// Is what stands on this page still true? It is asked for again every few seconds and at once when somebody says
// "astra:look" on the document. When no answer comes, the page says so loudly: at night somebody trusts it.

const STALE_MS = 10_000;
const GRACE_MS = 1_500;
const CLOCK = { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false, timeZone: "Europe/Belgrade" };

function clock(at) {
  return new Date(at).toLocaleTimeString("sr", CLOCK);
}

// `ask` fetches and shows, and resolves to whether the server answered. Returns the function that looks at once.
export function keepLooking(root, ask, { everyMs, hiddenMs }) {
  const banner = root.querySelector("[data-stale]");
  const time = root.querySelector("[data-looked-at]");
  let heardAt = Date.now();
  let shownAt = Date.now();
  let timer;
  let isAsking = false;
  let isWanted = false;

  async function look() {
    clearTimeout(timer);
    if (isAsking) {
      isWanted = true;
      return;
    }
    isAsking = true;
    try {
      if (await ask()) {
        heardAt = Date.now();
      }
    } catch {
      // No connection: the banner says so once it lasts, and it is tried again.
    }
    isAsking = false;
    say();
    const isNow = isWanted;
    isWanted = false;
    timer = setTimeout(look, isNow ? 0 : document.hidden ? hiddenMs : everyMs);
  }

  function say() {
    const isStale = Date.now() - heardAt > STALE_MS && Date.now() - shownAt > GRACE_MS && !document.hidden;
    if (isStale) {
      banner.querySelector("[data-stale-since]").textContent = clock(heardAt);
    }
    banner.hidden = !isStale;
    if (time) {
      time.textContent = clock(heardAt);
    }
  }

  document.addEventListener("astra:look", look);
  document.addEventListener("astra:unlocked", look);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) {
      shownAt = Date.now();
      look();
    }
  });
  window.addEventListener("online", look);
  window.addEventListener("pageshow", (event) => event.persisted && look());
  setInterval(say, 1000);
  timer = setTimeout(look, everyMs);
  for (const part of root.querySelectorAll("[data-without-script]")) {
    part.hidden = true;
  }
  for (const part of root.querySelectorAll("[data-with-script]")) {
    part.hidden = false;
  }
  return look;
}

// How many wait, in front of the title: seen in the bar of tabs, and nothing about anybody.
export function countInTitle(count) {
  const words = document.title.replace(/^\(\d+\) /, "");
  const title = count ? `(${count}) ${words}` : words;
  if (document.title !== title) {
    document.title = title;
  }
}

// What an answer says, to know whether it says anything new: a form's token differs in every one.
export function saidIn(root) {
  const copy = root.cloneNode(true);
  for (const input of copy.querySelectorAll('input[name="csrfmiddlewaretoken"]')) {
    input.remove();
  }
  return copy.innerHTML;
}
