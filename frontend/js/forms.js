// What do ordinary forms gain? Fields that grow, parts that appear when they apply, errors in the page's own language.

// data-shown-when="kind=silent abusive" (one of these) or "has_children" (anything chosen or written). What is hidden
// keeps its content: a slip of the mouse must not lose words.
function applies(form, condition) {
  const [name, values] = condition.split("=");
  const given = new FormData(form).getAll(name).filter((value) => value !== "");
  return values === undefined ? given.length > 0 : given.some((value) => values.split(" ").includes(value));
}

function startReveals(form) {
  const parts = form.querySelectorAll("[data-shown-when]");
  if (!parts.length) {
    return;
  }
  const update = () => {
    for (const part of parts) {
      part.hidden = !applies(form, part.dataset.shownWhen);
    }
  };
  form.addEventListener("change", update);
  form.addEventListener("input", update);
  update();
}

function startGrowing(area) {
  const grow = () => {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 4}px`;
  };
  area.addEventListener("input", grow);
  grow();
}

// data-guard: a form without a draft asks before what was typed in it goes with the page.
function startGuard(form) {
  let isTyped = false;
  form.addEventListener("input", () => {
    isTyped = true;
  });
  form.addEventListener("submit", () => {
    isTyped = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (isTyped) {
      event.preventDefault();
    }
  });
}

const started = new WeakSet();

export function startForms(root = document) {
  for (const form of root.querySelectorAll("form")) {
    if (!started.has(form)) {
      started.add(form);
      // The browser's own bubbles speak the browser's language; the server's answer speaks the page's.
      form.noValidate = true;
      startReveals(form);
      if (form.matches("[data-guard]")) {
        startGuard(form);
      }
    }
  }
  if (!CSS.supports("field-sizing", "content")) {
    root.querySelectorAll("textarea").forEach(startGrowing);
  }
}

// Whether a field still holds what the server sent: words typed before the scripts were there (a slow line, an old phone)
// and what the browser put back after a reload are somebody's words, too.
export function isAsServed(field) {
  if (field.matches("select")) {
    const served = [...field.options].filter((option) => option.defaultSelected);
    const first = [...field.options].find((option) => !option.disabled);
    const expected = served.length || field.multiple ? served : [first];
    return expected.length === field.selectedOptions.length && expected.every((option) => option?.selected);
  }
  if (field.type === "checkbox" || field.type === "radio") {
    return field.checked === field.defaultChecked;
  }
  return field.type === "hidden" || !field.matches("input, textarea") || field.value === field.defaultValue;
}
