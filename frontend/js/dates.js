// Which moment is it? A button with data-now-for="id id" puts today, the time, or both into those fields. A text field says
// with data-now what it wants: "date" (12.3.2026.) or "time" (03:05).

function two(number) {
  return String(number).padStart(2, "0");
}

function nowFor(field, now) {
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const time = `${two(now.getHours())}:${two(now.getMinutes())}`;
  switch (field.type) {
    case "date":
      return day;
    case "time":
      return time;
    case "datetime-local":
      return `${day}T${time}`;
    default: {
      const written = `${now.getDate()}.${now.getMonth() + 1}.${now.getFullYear()}.`;
      return { date: written, time }[field.dataset.now] ?? `${written} ${time}`;
    }
  }
}

function setNow(button) {
  const now = new Date();
  for (const id of button.dataset.nowFor.split(" ")) {
    const field = document.getElementById(id);
    if (field) {
      field.value = nowFor(field, now);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
}

export function startDates(root = document) {
  for (const button of root.querySelectorAll("[data-now-for][hidden]")) {
    button.hidden = false;
    button.addEventListener("click", () => setNow(button));
  }
}
