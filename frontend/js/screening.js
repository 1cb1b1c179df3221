// Words that support an indicator are marked where they were said, and taken over with the record they stand in.

export function startScreening() {
  const root = document.querySelector("[data-screening]");
  if (!root?.querySelector("[data-source]")) {
    return; // nothing was said on this page: words are typed
  }
  let marked = { words: "", source: "" };
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const words = selection.toString().trim();
    const place = selection.anchorNode?.parentElement?.closest("[data-source]");
    if (words && place && root.contains(place)) {
      marked = { words, source: place.dataset.source };
    }
  });
  for (const row of root.querySelectorAll("[data-indicator]")) {
    const button = row.querySelector("[data-take-words]");
    button.hidden = false;
    button.addEventListener("click", () => take(row, marked));
  }
}

function take(row, marked) {
  const words = row.querySelector("input");
  const [answer, source] = row.querySelectorAll("select");
  if (!marked.words) {
    words.focus();
    return;
  }
  words.value = words.value ? `${words.value} … ${marked.words}` : marked.words;
  answer.value = "heard";
  source.value = marked.source;
  words.focus();
}
