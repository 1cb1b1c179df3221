// The way out: quicker with a script, and a plain link without one.
// It stands before everything that is drawn, so that the button Back shows nothing of ours to whoever has left.
(function () {
  'use strict';
  const here = document.currentScript;
  const exitTo = here.dataset.exitTo;
  const leaveAt = here.dataset.leave;
  const MARK = 'left';
  const TOGETHER_MS = 5000;
  const tabs = 'BroadcastChannel' in window ? new BroadcastChannel(MARK) : null;

  if (isBack() && hasLeft()) {
    cover();
    location.replace(exitTo);
    return;
  }
  forget();

  // From now on nothing of this page can be seen or heard; then the server closes the visit, then the browser goes.
  function leave(isTold) {
    cover();
    remember();
    if (tabs && !isTold) tabs.postMessage(MARK);
    // What is sent this way arrives also when the page is gone; where that cannot be, the browser goes by way of the server.
    const isSent = navigator.sendBeacon ? navigator.sendBeacon(leaveAt) : false;
    if (document.body) document.body.textContent = '';
    location.replace(isSent ? exitTo : leaveAt);
  }

  function cover() {
    document.documentElement.style.display = 'none';
  }

  function isBack() {
    const entry = performance.getEntriesByType ? performance.getEntriesByType('navigation')[0] : null;
    return entry ? entry.type === 'back_forward' : performance.navigation.type === 2;
  }

  function hasLeft() {
    try {
      return sessionStorage.getItem(MARK) !== null;
    } catch (error) {
      return false; // a browser that keeps nothing at all
    }
  }

  function remember() {
    try {
      sessionStorage.setItem(MARK, '');
    } catch (error) {
      // nothing can be kept: Back may open the page again, as it does without a script
    }
  }

  function forget() {
    try {
      sessionStorage.removeItem(MARK);
    } catch (error) {
      // nothing was kept
    }
  }

  if (tabs) tabs.onmessage = function () { leave(true); };

  // A page that was put aside whole comes back as it was, with a visit that may be over: it is never shown like that.
  window.addEventListener('pageshow', function (event) {
    if (!event.persisted) return;
    cover();
    if (hasLeft()) location.replace(exitTo);
    else location.reload();
  });

  let pressed = 0;
  let isAlone = false;
  let timer = 0;

  function count() {
    pressed += 1;
    clearTimeout(timer);
    if (pressed === 3) return leave(false);
    say(pressed === 1 ? 'one' : 'two');
    timer = setTimeout(function () {
      pressed = 0;
      say('late');
    }, TOGETHER_MS);
  }

  function say(what) {
    const said = document.querySelector('[data-exit-said]');
    if (said) said.textContent = what ? said.dataset[what] : '';
  }

  document.addEventListener('keydown', function (event) {
    isAlone = event.key === 'Shift' && (isAlone || !event.repeat);
    if (!isAlone && pressed) {
      pressed = 0;
      clearTimeout(timer);
      say('');
    }
  });
  document.addEventListener('keyup', function (event) {
    if (event.key === 'Shift' && isAlone) count();
    isAlone = false;
  });

  document.addEventListener('click', function (event) {
    const link = event.target.closest ? event.target.closest('a') : null;
    if (!link || link.getAttribute('href') !== leaveAt) return;
    event.preventDefault();
    leave(false);
  });

  // One press sends a form once, however often somebody presses.
  document.addEventListener('submit', function (event) {
    if (!event.target.hasAttribute('data-once')) return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = 'yes';
  });

  document.addEventListener('DOMContentLoaded', function () {
    const keys = document.querySelector('[data-exit-keys]');
    if (keys) keys.hidden = false;
    const problems = document.querySelector('[data-problems]');
    if (problems) problems.focus();
  });
})();
