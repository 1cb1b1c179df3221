// What does she see when a passkey does not answer? A sentence on the page instead of silence.

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const message of document.querySelectorAll("[data-passkey-error]")) {
    message.hidden = false;
  }
});
