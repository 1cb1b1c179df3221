// How does an open menu close? With Escape, with a click elsewhere, or when another opens.

function closeAll(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (menu !== except) {
      menu.open = false;
    }
  }
}

export function startMenus() {
  document.addEventListener("click", (event) => {
    closeAll(event.target instanceof Element ? event.target.closest("details[data-menu]") : null);
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.target instanceof Element ? event.target.closest("details[data-menu][open]") : null;
    if (menu && event.key === "Escape") {
      menu.open = false;
      menu.querySelector("summary").focus();
      event.preventDefault();
    }
  });
}
