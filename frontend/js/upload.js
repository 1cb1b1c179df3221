// How far is the upload? A form with data-upload is sent with progress. A redirect is followed; a form that comes back
// with errors takes the place of the one that was sent.

import { token } from "./send.js";

class Upload {
  constructor(form) {
    this.form = form;
    form.addEventListener("submit", (event) => this.submitted(event));
    this.part("cancel")?.addEventListener("click", () => this.request?.abort());
  }

  part(name) {
    return this.form.querySelector(`[data-upload-${name}]`);
  }

  show(...names) {
    for (const name of ["progress", "error", "working", "cancel"]) {
      const part = this.part(name);
      if (part) {
        part.hidden = !names.includes(name);
      }
    }
  }

  submitted(event) {
    event.preventDefault();
    if (this.request) {
      return;
    }
    const request = new XMLHttpRequest();
    this.request = request;
    request.open("POST", this.form.action);
    request.setRequestHeader("X-CSRFToken", token());
    request.upload.addEventListener("progress", (progress) => this.progressed(progress));
    request.addEventListener("load", () => this.arrived(request));
    request.addEventListener("error", () => this.ended("error"));
    request.addEventListener("abort", () => this.ended());
    this.show("progress", "cancel");
    request.send(new FormData(this.form));
  }

  progressed(progress) {
    const bar = this.part("progress");
    if (bar && progress.lengthComputable) {
      bar.value = Math.round((100 * progress.loaded) / progress.total);
    }
    if (progress.loaded === progress.total) {
      this.show("progress", "working");
    }
  }

  arrived(request) {
    const html = request.status < 500 && (request.getResponseHeader("Content-Type") ?? "").startsWith("text/html");
    if (request.status < 300 && request.responseURL && request.responseURL !== this.form.action) {
      location.assign(request.responseURL);
      return;
    }
    const page = html ? new DOMParser().parseFromString(request.responseText, "text/html") : null;
    const again = page?.querySelector("form[data-upload]");
    if (!again) {
      this.ended("error");
      return;
    }
    this.form.replaceWith(again);
    startUploads(again.parentElement);
    again.querySelector('[type="file"]')?.focus();
  }

  ended(...names) {
    this.request = undefined;
    this.show(...names);
  }
}

const started = new WeakSet();

export function startUploads(root = document) {
  for (const form of root.querySelectorAll("form[data-upload]")) {
    if (!started.has(form)) {
      started.add(form);
      new Upload(form);
    }
  }
}
