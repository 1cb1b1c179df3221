// How does a file go from the page of a conversation without leaving it? It counts as sent only when the server says that
// it is stored; sent again it goes under the same mark. What is typed beside it stays where it is.

import { newMark } from "./marks.js";

export function sendFilesOf(part, { upload, stored }) {
  const field = part.querySelector('input[type="file"]');
  const button = part.querySelector("[data-send-file]");
  const problem = part.querySelector("[data-file-problem]");
  const { sayFileSending, sayFileUnsent, sayFileNone } = part.dataset;
  const words = button.textContent;
  let mark = newMark();

  button.addEventListener("click", async (event) => {
    event.preventDefault();
    problem.hidden = true;
    if (!field.files.length) {
      complain(sayFileNone);
      return;
    }
    const body = new FormData();
    body.set("mark", mark);
    body.set("file_mark", mark);
    body.set("file", field.files[0]);
    button.disabled = true;
    button.textContent = sayFileSending;
    try {
      const response = await upload(body);
      if (response.ok) {
        done();
      } else if (response.status >= 400 && response.status < 500 && response.headers.get("Content-Type")?.includes("json")) {
        complain((await response.json()).messages?.join(" ") || sayFileUnsent);
      } else {
        complain(sayFileUnsent);
      }
    } catch {
      complain(sayFileUnsent);
    }
    button.disabled = false;
    button.textContent = words;
  });

  function done() {
    mark = newMark();
    field.value = "";
    part.open = false;
    stored();
  }

  function complain(why) {
    problem.textContent = why;
    problem.hidden = false;
  }
}
