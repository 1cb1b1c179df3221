// What runs on a page of the desk? Everything here adds to pages that work without it.

import { initAll } from "./govuk-frontend.min.js";
import { startDanger } from "./danger.js";
import { startDates } from "./dates.js";
import { startDrafts } from "./drafts.js";
import { startForms } from "./forms.js";
import { startIdle } from "./idle.js";
import { startKeyboard } from "./keyboard.js";
import { startKnown } from "./known.js";
import { startMenus } from "./menus.js";
import { startScreening } from "./screening.js";
import { startTokens } from "./send.js";
import { startUploads } from "./upload.js";

function startParts(root) {
  startForms(root);
  startDates(root);
  startDrafts(root);
  startKnown(root);
  startUploads(root);
}

startTokens();
initAll();
startParts(document);
startIdle();
startKeyboard();
startMenus();
startDanger();
startScreening();

// What htmx brings later gets the same. The first load event is for the whole body, which is started already.
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) {
    initAll(event.detail.elt);
    startParts(event.detail.elt.parentElement ?? document);
  }
});
