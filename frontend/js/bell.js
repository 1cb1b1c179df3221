// The bell: a socket that says "look again" and nothing else. Pages look by themselves without it, only less often.
// `document.documentElement.dataset.bell` is "open" while it rings; whoever looks listens for "astra:look".

const AGAIN_MS = [1000, 2000, 5000, 15000, 30000];
const place = document.querySelector('[data-bell]');
let tries = 0;

if (place && 'WebSocket' in window) open();

function open() {
  const own = window.location.origin.replace(/^http/, 'ws');
  const socket = new WebSocket(place.dataset.bell.replace(/^self/, own));
  socket.addEventListener('open', () => {
    tries = 0;
    document.documentElement.dataset.bell = 'open';
    look();
  });
  socket.addEventListener('message', look);
  socket.addEventListener('close', () => {
    delete document.documentElement.dataset.bell;
    setTimeout(open, AGAIN_MS[Math.min(tries, AGAIN_MS.length - 1)]);
    tries += 1;
  });
}

function look() {
  document.dispatchEvent(new CustomEvent('astra:look'));
}
