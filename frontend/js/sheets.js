// How is an area of a page marked? Drawn with mouse or finger; what counts is the line in the field, which can be written
// and changed by keyboard as well. Every change of the field is drawn again.

const form = document.querySelector("[data-black-out]");
const field = form?.querySelector("[data-areas]");
const takeBack = form?.querySelector("[data-take-back]");
const SMALLEST = 0.4;

function lines() {
  return field.value.split("\n").filter((line) => line.trim());
}

function redraw() {
  document.querySelectorAll(".astra-sheet__mark").forEach((mark) => mark.remove());
  for (const line of lines()) {
    const [page, left, top, right, bottom] = line.trim().replaceAll(",", ".").split(/[\s;]+/).map(Number);
    const ground = document.querySelector(`[data-sheet="${page}"]`);
    if (ground && [left, top, right, bottom].every(Number.isFinite)) {
      ground.append(markAt(left, top, right, bottom));
    }
  }
  takeBack.hidden = !lines().length;
}

function markAt(left, top, right, bottom) {
  const mark = document.createElement("span");
  mark.className = "astra-sheet__mark";
  Object.assign(mark.style, {
    left: `${left}%`,
    top: `${top}%`,
    width: `${right - left}%`,
    height: `${bottom - top}%`,
  });
  return mark;
}

function placeOf(event, ground) {
  const box = ground.getBoundingClientRect();
  const within = (value) => Math.min(100, Math.max(0, value));
  return [within(((event.clientX - box.left) / box.width) * 100), within(((event.clientY - box.top) / box.height) * 100)];
}

function drawOn(ground) {
  let from = null;
  let mark = null;
  const edges = (to) => [
    Math.min(from[0], to[0]),
    Math.min(from[1], to[1]),
    Math.max(from[0], to[0]),
    Math.max(from[1], to[1]),
  ];
  ground.addEventListener("pointerdown", (event) => {
    from = placeOf(event, ground);
    mark = markAt(from[0], from[1], from[0], from[1]);
    ground.append(mark);
    ground.setPointerCapture(event.pointerId);
  });
  ground.addEventListener("pointermove", (event) => {
    if (from) {
      mark.replaceWith((mark = markAt(...edges(placeOf(event, ground)))));
    }
  });
  ground.addEventListener("pointerup", (event) => {
    if (!from) {
      return;
    }
    const [left, top, right, bottom] = edges(placeOf(event, ground)).map((value) => value.toFixed(1));
    from = null;
    if (right - left >= SMALLEST && bottom - top >= SMALLEST) {
      field.value = [...lines(), `${ground.dataset.sheet} ${left} ${top} ${right} ${bottom}`].join("\n");
    }
    redraw();
  });
}

if (form) {
  document.querySelectorAll("[data-sheet]").forEach(drawOn);
  field.addEventListener("input", redraw);
  takeBack.addEventListener("click", () => {
    field.value = lines().slice(0, -1).join("\n");
    redraw();
  });
  redraw();
}
