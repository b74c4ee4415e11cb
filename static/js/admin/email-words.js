// Facts as buttons that write themselves where the cursor is, and go as a whole.

const CHIP = /\{[^{}]*\}/g;

for (const row of document.querySelectorAll("[data-chips-for]")) {
  const field = document.getElementById(row.dataset.chipsFor);
  for (const code of row.querySelectorAll("[data-chip]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = code.textContent;
    button.title = code.title;
    button.addEventListener("click", () => write(field, code.dataset.chip));
    code.replaceWith(button);
  }
  field.addEventListener("keydown", (event) => takeWhole(event, field));
}

function write(field, words, start = field.selectionStart, end = field.selectionEnd) {
  field.setRangeText(words, start, end, "end");
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function takeWhole(event, field) {
  const { selectionStart: at, selectionEnd } = field;
  if (!["Backspace", "Delete"].includes(event.key) || at !== selectionEnd) return;
  for (const chip of field.value.matchAll(CHIP)) {
    const start = chip.index, end = start + chip[0].length;
    const touches = event.key === "Backspace" ? at > start && at <= end : at >= start && at < end;
    if (touches) {
      event.preventDefault();
      write(field, "", start, end);
      return;
    }
  }
}
