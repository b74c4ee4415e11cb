// The queue of comments by single keys. They act on the comment that has the focus, never while
// somebody types, and can be turned off; the buttons do the same without them.
const REMEMBERED = "comment-keys-off";
const cards = [...document.querySelectorAll("[data-comment-card]")];
const help = document.querySelector("[data-comment-keys]");
const keysSwitch = help?.querySelector("[data-comment-keys-on]");

function currentCard() {
  return document.activeElement?.closest("[data-comment-card]");
}

function go(step) {
  const at = cards.indexOf(currentCard());
  const next = at < 0 ? 0 : Math.min(cards.length - 1, Math.max(0, at + step));
  cards[next]?.focus();
}

function press(key) {
  currentCard()?.querySelector(`[data-key="${key}"]`)?.click();
}

function typesSomewhere(target) {
  return target.closest("input, textarea, select, [contenteditable], dialog, [role=dialog]");
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.repeat || event.isComposing || typesSomewhere(event.target)) return;
  if (keysSwitch && !keysSwitch.checked) return;
  const acts = { j: () => go(1), k: () => go(-1) };
  for (const key of "arse") acts[key] = () => press(key);
  acts[event.key]?.();
});

if (keysSwitch) {
  keysSwitch.checked = !localStorage.getItem(REMEMBERED);
  keysSwitch.addEventListener("change", () => {
    if (keysSwitch.checked) localStorage.removeItem(REMEMBERED);
    else localStorage.setItem(REMEMBERED, "yes");
  });
}

const all = document.querySelector("[data-comment-all]");
if (all) {
  all.parentElement.hidden = false;
  all.addEventListener("change", () => {
    for (const box of document.querySelectorAll("input[name=chosen]")) box.checked = all.checked;
  });
}

// After a decision the address names the comment that came next.
const named = location.hash && document.getElementById(location.hash.slice(1));
if (named && cards.includes(named)) named.focus();
