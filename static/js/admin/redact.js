// Leaves out what is selected in a textarea, by the mark that it names.
const field = document.querySelector("textarea[data-redact]");
const button = document.querySelector("[data-redact-selected]");

if (field && button) {
  button.hidden = false;
  // Pressing the button must not move the focus away before the selection is read.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    const { selectionStart: from, selectionEnd: to } = field;
    if (from < to) field.setRangeText(field.dataset.redact, from, to, "end");
    field.focus();
  });
}
