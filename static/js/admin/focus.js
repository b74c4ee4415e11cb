// Moves the focus to what must be read first.
document.querySelector("[data-focus]")?.focus();
