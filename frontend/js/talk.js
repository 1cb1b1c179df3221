// The conversation with a script: messages come as they are written, and each says truly how far it has got.
// A message is acknowledged only when the server says that it is stored; until then it is kept here and sent again
// under the same mark, so that it is stored once however often it was sent.

import { sendFilesOf } from './files.js';
import { newMark } from './marks.js';

const LOOK_MS = 3000;
const RUNG_LOOK_MS = 20000;
const HIDDEN_LOOK_MS = 15000;
const STALE_MS = 12000;
const AGAIN_MS = [1000, 2000, 4000, 8000, 15000];
const TYPING_MS = 4000;
const BY_SCRIPT = { 'X-Asked-By': 'script' };

const talk = document.querySelector('[data-talk]');
if (talk) begin(talk);
for (const form of document.querySelectorAll('form[data-puzzle]')) solveFirst(form);

function begin(talk) {
  const say = talk.dataset;
  const list = talk.querySelector('[data-messages]');
  const form = talk.querySelector('[data-form]');
  const text = form.elements.text;
  const stale = talk.querySelector('[data-stale]');
  const typing = talk.querySelector('[data-typing-shown]');
  const unsent = [];
  let cursor = Number(say.cursor);
  let heardAt = Date.now();
  let typedAt = 0;
  let timer = 0;
  let isSending = false;

  talk.querySelector('[data-frame]').remove();
  list.hidden = false;
  toEnd();

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const words = text.value.trim();
    if (!words) return;
    const item = bubble({ mine: true, text: words, state: say.saySending });
    unsent.push({ mark: newMark(), words, item, tries: 0 });
    text.value = '';
    text.focus();
    sendNext();
  });
  const files = talk.querySelector('[data-send-file-of]');
  sendFilesOf(files, { upload: (body) => fetch(files.querySelector('form').action, { method: 'POST', body, headers: BY_SCRIPT, cache: 'no-store' }), stored: look });
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  text.addEventListener('input', () => {
    if (Date.now() - typedAt < TYPING_MS) return;
    typedAt = Date.now();
    ask(say.typing, {}).catch(() => {});
  });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) look();
  });
  document.addEventListener('astra:look', look);
  document.addEventListener('astra:told', (event) => tell(event.detail));
  timer = setTimeout(look, LOOK_MS);
  setInterval(showStale, 1000);

  async function sendNext() {
    if (isSending || !unsent.length) return;
    isSending = true;
    const one = unsent[0];
    let pause = 0;
    try {
      const answer = await ask(say.send, { text: one.words, mark: one.mark });
      if (answer.status === 410) return leave();
      if (answer.ok) {
        const { n } = await answer.json();
        setState(one.item, say.sayStored);
        one.item.dataset.n = n;
        unsent.shift();
        heard();
        if (n === cursor + 1) reach(n);
        else if (n > cursor) look();
      } else if (answer.status < 500 && answer.status !== 429) {
        const told = await answer.json();
        setState(one.item, told.messages.join(' '));
        one.item.classList.add('talk__message--refused');
        unsent.shift();
        if (!text.value) text.value = one.words;
      } else {
        pause = wait(one);
      }
    } catch {
      pause = wait(one);
    } finally {
      isSending = false;
    }
    setTimeout(sendNext, pause);
  }

  function wait(one) {
    setState(one.item, say.sayUnsent);
    one.tries += 1;
    return AGAIN_MS[Math.min(one.tries, AGAIN_MS.length) - 1];
  }

  async function look() {
    clearTimeout(timer);
    try {
      const answer = await fetch(`${say.since}?n=${cursor}`, { headers: BY_SCRIPT, cache: 'no-store' });
      if (answer.status === 410) return leave();
      if (answer.ok) {
        show(await answer.json());
        heard();
      }
    } catch {
      // No connection: said below once it lasts, and tried again.
    }
    clearTimeout(timer);
    const isRung = document.documentElement.dataset.bell === 'open';
    timer = setTimeout(look, isRung ? RUNG_LOOK_MS : document.hidden ? HIDDEN_LOOK_MS : LOOK_MS);
  }

  function show(told) {
    const isAtEnd = window.innerHeight + window.scrollY >= document.body.scrollHeight - 200;
    for (const one of told.messages) {
      if (one.n <= cursor || list.querySelector(`[data-n="${one.n}"]`)) continue;
      if (one.event) addEvent(one.event);
      else if (!one.mine || one.file || !adopt(one)) place(one);
    }
    reach(told.cursor);
    tell(told);
    if (told.messages.length && isAtEnd) toEnd();
  }

  function reach(n) {
    cursor = Math.max(cursor, n);
    talk.dataset.cursor = cursor;
  }

  function tell(told) {
    for (const item of list.querySelectorAll('.talk__message--you[data-n]')) {
      if (Number(item.dataset.n) <= told.seen) setState(item, say.saySeen);
    }
    typing.textContent = told.typing ? say.sayTyping : '';
  }

  // What this page sent itself stands there already: it only gets its place.
  function adopt(one) {
    for (const item of list.querySelectorAll('.talk__message--you:not([data-n])')) {
      if (item.querySelector('.talk__text').textContent === one.text) {
        item.dataset.n = one.n;
        setState(item, say.sayStored);
        return true;
      }
    }
    return false;
  }

  function place(one) {
    const item = bubble({ mine: one.mine, text: one.text, time: one.time, state: one.mine ? say.sayStored : '' });
    item.dataset.n = one.n;
    if (one.file) item.querySelector('.talk__text').innerHTML = one.file;
  }

  function addEvent(code) {
    const item = document.createElement('li');
    item.className = 'talk__event';
    item.textContent = say[`event${code[0].toUpperCase()}${code.slice(1)}`] || '';
    list.append(item);
  }

  function bubble({ mine, text: words, time = '', state = '' }) {
    const item = document.createElement('li');
    item.className = `talk__message talk__message--${mine ? 'you' : 'us'}`;
    const who = add(item, 'talk__who', mine ? say.sayYou : say.sayUs);
    if (time) {
      const at = document.createElement('time');
      at.textContent = time;
      who.append(' ', at);
    }
    add(item, 'talk__text', words).dir = 'auto';
    if (mine) add(item, 'talk__state', state).dataset.state = '';
    list.querySelector('[data-nothing-yet]')?.remove();
    list.append(item);
    toEnd();
    return item;
  }

  function add(item, name, words) {
    const part = document.createElement('p');
    part.className = name;
    part.textContent = words;
    item.append(part);
    return part;
  }

  function setState(item, words) {
    const state = item.querySelector('[data-state]');
    if (state && state.textContent !== words) state.textContent = words;
  }

  function toEnd() {
    list.scrollTop = list.scrollHeight;
  }

  function heard() {
    heardAt = Date.now();
    showStale();
  }

  function showStale() {
    const isRung = document.documentElement.dataset.bell === 'open';
    const isStale = Date.now() - heardAt > (isRung ? 2 * RUNG_LOOK_MS : STALE_MS) && !document.hidden;
    stale.textContent = isStale ? say.sayStale : '';
    stale.hidden = !isStale;
  }

  function leave() {
    window.location.replace(say.back);
  }
}

function ask(address, values) {
  return fetch(address, {
    method: 'POST',
    body: new URLSearchParams(values),
    headers: BY_SCRIPT,
    cache: 'no-store',
  });
}

// In a flood the server asks for a puzzle before it takes the form; at other times there is none. Without what solving
// needs the form goes as it is, and the server offers a place in the waiting room.
function solveFirst(form) {
  form.addEventListener('submit', async (event) => {
    if (form.dataset.solved || !crypto.subtle) return;
    event.preventDefault();
    form.dataset.solved = 'yes';
    const button = form.querySelector('button');
    const words = button.textContent;
    button.textContent = form.dataset.sayWait;
    try {
      const answer = await fetch(form.dataset.puzzle, { headers: { 'X-Asked-By': 'script' }, cache: 'no-store' });
      const { slip, bits } = await answer.json();
      if (bits) bring(form, { slip, answer: await solved(slip, bits) });
    } catch {
      // No answer: the form is sent as it is.
    }
    button.textContent = words;
    form.requestSubmit();
  });
}

function bring(form, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = name;
    field.value = value;
    form.append(field);
  }
}

async function solved(slip, bits) {
  const words = new TextEncoder();
  const atOnce = 256;
  for (let from = 0; ; from += atOnce) {
    const tried = Array.from({ length: atOnce }, (_, more) => String(from + more));
    const found = await Promise.all(tried.map((one) => crypto.subtle.digest('SHA-256', words.encode(`${slip}.${one}`))));
    const right = found.findIndex((digest) => new DataView(digest).getUint32(0) >>> (32 - bits) === 0);
    if (right >= 0) return tried[right];
  }
}
