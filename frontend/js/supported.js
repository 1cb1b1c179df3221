// Runs before the page is drawn: marks that scripts work, so that what needs them is drawn right the first time.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
