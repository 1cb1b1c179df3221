// The bell: a socket that says how far the conversation has got, in numbers. Pages look by themselves without it, only
// oftener. `document.documentElement.dataset.bell` is "open" while it rings. A page that listens hears "astra:look" when
// there is more than it has (it keeps `data-cursor` of the place true), and "astra:told" for what the numbers say alone.

const AGAIN_MS = [1000, 2000, 5000, 15000, 30000];
const place = document.querySelector('[data-bell]');
let tries = 0;
let standing;

if (place && 'WebSocket' in window) open();

function open() {
  const own = window.location.origin.replace(/^http/, 'ws');
  const socket = new WebSocket(place.dataset.bell.replace(/^self/, own));
  socket.addEventListener('open', () => {
    tries = 0;
    document.documentElement.dataset.bell = 'open';
    look();
  });
  socket.addEventListener('message', (event) => {
    const told = JSON.parse(event.data);
    const isMore = told.n > Number(place.dataset.cursor || 0) || told.standing !== standing;
    standing = told.standing;
    if (isMore) look();
    else document.dispatchEvent(new CustomEvent('astra:told', { detail: told }));
  });
  socket.addEventListener('close', () => {
    delete document.documentElement.dataset.bell;
    setTimeout(open, AGAIN_MS[Math.min(tries, AGAIN_MS.length - 1)]);
    tries += 1;
  });
}

function look() {
  document.dispatchEvent(new CustomEvent('astra:look'));
}
