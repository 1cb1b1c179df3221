// What runs on calm pages (signing in, set-up, errors)? Only what forms need.

import { initAll } from "./govuk-frontend.min.js";
import { startDates } from "./dates.js";
import { startForms } from "./forms.js";
import { startTokens } from "./send.js";

startTokens();
initAll();
startForms();
startDates();
