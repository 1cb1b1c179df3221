// Which questions are asked now? Reckoned from the same trees as on the server, as one answers. Without this script every
// question stands there, and the server leaves out what was not asked for.

const form = document.querySelector("[data-questions]");
const number = (value) => (typeof value === "string" && value.trim() === "" ? NaN : Number(value));
const truth = (value) => (typeof value === "boolean" ? value : value !== "" && value !== 0);
const DAY = /^\d{4}-\d\d-\d\d$/;

function same(left, right) {
  if (typeof left === "boolean" || typeof right === "boolean") {
    return truth(left) === truth(right);
  }
  const [first, second] = [number(left), number(right)];
  return Number.isNaN(first) || Number.isNaN(second) ? String(left) === String(right) : first === second;
}

function compared(left, right, holds) {
  if (DAY.test(left) && DAY.test(right)) {
    return holds(String(left), String(right));
  }
  const [first, second] = [number(left), number(right)];
  return !Number.isNaN(first) && !Number.isNaN(second) && holds(first, second);
}

const OPERATIONS = {
  or: (left, right) => truth(left) || truth(right),
  and: (left, right) => truth(left) && truth(right),
  "=": same,
  "!=": (left, right) => !same(left, right),
  "<": (left, right) => compared(left, right, (one, other) => one < other),
  "<=": (left, right) => compared(left, right, (one, other) => one <= other),
  ">": (left, right) => compared(left, right, (one, other) => one > other),
  ">=": (left, right) => compared(left, right, (one, other) => one >= other),
  "+": (left, right) => number(left) + number(right),
  "-": (left, right) => number(left) - number(right),
  "*": (left, right) => number(left) * number(right),
  div: (left, right) => (number(right) ? number(left) / number(right) : NaN),
  mod: (left, right) => ((number(left) % number(right)) + number(right)) % number(right),
  selected: (chosen, code) => String(chosen).split(" ").includes(String(code)),
  "count-selected": (chosen) => String(chosen).split(" ").filter(Boolean).length,
  not: (value) => !truth(value),
  if: (condition, yes, no) => (truth(condition) ? yes : no),
  coalesce: (first, second) => (first !== "" ? first : second),
  "string-length": (value) => String(value).length,
  true: () => true,
  false: () => false,
  number,
  today: () => form.dataset.today,
};

function reckon(tree, answers) {
  const [head, ...parts] = tree;
  if (head === "value") {
    return parts[0];
  }
  if (head === "answer") {
    return answers[parts[0]] ?? "";
  }
  return OPERATIONS[head](...parts.map((part) => reckon(part, answers)));
}

function answerOf(part) {
  const name = `q_${part.dataset.question}`;
  const values = [...part.querySelectorAll(`[name="${name}"]`)]
    .filter((field) => !["radio", "checkbox"].includes(field.type) || field.checked)
    .map((field) => field.value.trim());
  const text = values.join(" ");
  const day = /^(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})\.?$/.exec(text);
  return day ? `${day[3]}-${day[2].padStart(2, "0")}-${day[1].padStart(2, "0")}` : text;
}

function askAgain(parts) {
  const given = Object.fromEntries(parts.map((part) => [part.dataset.question, answerOf(part)]));
  let asked = new Set(parts.map((part) => part.dataset.question));
  for (let round = 0; round <= parts.length; round += 1) {
    const answers = Object.fromEntries(Object.entries(given).filter(([name]) => asked.has(name)));
    const found = new Set();
    for (const { dataset } of parts) {
      const isInside = !dataset.within || found.has(dataset.within);
      if (isInside && (!dataset.relevant || truth(reckon(JSON.parse(dataset.relevant), answers)))) {
        found.add(dataset.question);
      }
    }
    const isSettled = found.size === asked.size && [...found].every((name) => asked.has(name));
    asked = found;
    if (isSettled) {
      break;
    }
  }
  const answers = Object.fromEntries(Object.entries(given).filter(([name]) => asked.has(name)));
  for (const part of parts) {
    part.hidden = !asked.has(part.dataset.question);
    if (part.dataset.filter) {
      narrow(part, answers);
    }
  }
}

function narrow(part, answers) {
  const tree = JSON.parse(part.dataset.filter);
  for (const item of part.querySelectorAll("[data-says]")) {
    const field = item.querySelector("input");
    const isOffered = truth(reckon(tree, { ...answers, ...JSON.parse(item.dataset.says), name: field.value }));
    item.hidden = !isOffered;
    if (!isOffered) {
      field.checked = false;
    }
  }
}

if (form) {
  const parts = [...form.querySelectorAll("[data-question]")];
  form.addEventListener("input", () => askAgain(parts));
  askAgain(parts);
}
