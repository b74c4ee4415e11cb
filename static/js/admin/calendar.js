// The calendar: what is pressed opens in a window above it, visits are dragged, arrow keys go from
// piece to piece, and every minute the page asks whether anything has changed. Without this script
// every link leads to a page of its own, and the browser's own menu prints.

const MINUTE = 60_000;
const FIVE_MINUTES = 5 * MINUTE;
const calendar = document.querySelector("[data-calendar]");

function fragment(url, options = {}) {
  const headers = { "X-Fragment": "1", "X-Requested-With": "XMLHttpRequest", ...options.headers };
  return fetch(url, { ...options, headers, redirect: "manual" });
}

// News.

function known(live) {
  const entries = [...live.querySelectorAll("[data-entry]")];
  return new Map(entries.map((entry) => [entry.dataset.entry, entry.dataset.version]));
}

function renew(live, html) {
  const before = known(live);
  const focused = document.activeElement?.closest("[data-live]") && keyOf(document.activeElement);
  live.innerHTML = html;
  live.dataset.version = live.querySelector("[data-shown]").dataset.shown;
  for (const entry of live.querySelectorAll("[data-entry]")) {
    const changed = before.get(entry.dataset.entry) !== entry.dataset.version;
    entry.classList.toggle("is-changed", changed);
  }
  if (focused) [...pieces()].find((piece) => keyOf(piece) === focused)?.focus({ preventScroll: true });
  beginKeys();
  calendar.querySelector("[data-status]").textContent = calendar.dataset.changed;
}

async function askForNews() {
  const live = calendar.querySelector("[data-live]");
  if (document.hidden || document.querySelector(".is-dragged")) return;
  try {
    const answer = await fragment(location.href, { headers: { "X-Seen": live.dataset.version } });
    if (answer.status === 200) renew(live, await answer.text());
  } catch {
    // Offline for a moment: the next minute asks again.
  }
}

function moveNow() {
  const line = calendar.querySelector("[data-now]");
  if (!line) return;
  line.dataset.since ??= String(Date.now());
  const gone = Math.floor((Date.now() - Number(line.dataset.since)) / FIVE_MINUTES);
  line.dataset.row ??= line.style.getPropertyValue("--row");
  line.style.setProperty("--row", String(Number(line.dataset.row) + gone));
}

// The window.

async function openWindow(url, options) {
  const dialog = calendar.querySelector("[data-window]");
  const problem = dialog.querySelector("[data-window-problem]");
  const answer = await fragment(url, options).catch(() => ({ status: 0 }));
  problem.hidden = answer.status === 200 || !dialog.open;
  if (!problem.hidden) { // what was typed in the window stays
    dispatchEvent(new Event("session:ask"));
    return;
  }
  if (answer.status !== 200) {
    location.assign(url);
    return;
  }
  const words = dialog.querySelector("[data-window-words]");
  words.innerHTML = await answer.text();
  if (!dialog.open) dialog.showModal();
  const first = ["[autofocus]", "input[type=search]", "a, button, input:not([type=hidden])"];
  first.map((what) => words.querySelector(what)).find(Boolean)?.focus();
}

function onClick(event) {
  const link = event.target.closest("a[data-open]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openWindow(link.href);
}

// A patient is looked for while somebody types, and the answer is put into the same window.

let asked = 0;

function onType(event) {
  const form = event.target.closest("form[data-find]");
  if (!form || event.target.type !== "search") return;
  const turn = ++asked;
  if (event.target.value.trim().length < 3) return;
  setTimeout(async () => {
    if (turn !== asked) return;
    const answer = await fragment(form.action, { method: "POST", body: new FormData(form) });
    if (turn !== asked || answer.status !== 200) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    form.querySelector("[data-found]").replaceChildren(...page.querySelector("[data-found]").childNodes);
  }, 200);
}

function onSubmit(event) {
  const form = event.target;
  if (form.matches("form[data-find]")) {
    event.preventDefault();
    const body = new FormData(form, event.submitter);
    openWindow(form.action, { method: "POST", body });
    return;
  }
  if (form.method !== "dialog") sessionStorage.setItem("calendar-scroll", String(scroller().scrollTop));
}

// What scrolls is a part of the admin's frame rather than the page.
function scroller() {
  for (let part = calendar; part; part = part.parentElement) {
    if (part.scrollHeight > part.clientHeight && /auto|scroll/.test(getComputedStyle(part).overflowY)) return part;
  }
  return document.scrollingElement;
}

// In the afternoon the day begins to be shown where it stands.
function showNow() {
  const line = calendar.querySelector("[data-now]");
  const part = scroller();
  if (!line || !part || location.hash) return;
  const below = line.getBoundingClientRect().top - part.clientHeight * 0.75;
  if (below > 0) part.scrollTop += below + part.clientHeight * 0.25;
}

// Keys: arrows within the calendar, and a few letters while it has the focus.

const pieces = () => calendar.querySelectorAll("[data-board] [data-piece]");
const keyOf = (piece) => piece.closest("[data-entry]")?.dataset.entry ?? piece.getAttribute("href") ?? piece.value;

function beginKeys() {
  const all = [...pieces()];
  const first = all.find((piece) => piece === document.activeElement) ?? all[0];
  for (const piece of all) piece.tabIndex = piece === first ? 0 : -1;
}

function go(piece) {
  if (!piece) return;
  for (const other of pieces()) other.tabIndex = -1;
  piece.tabIndex = 0;
  piece.focus();
}

function beside(from, step) {
  const columns = [...calendar.querySelectorAll("[data-column]")];
  const middle = from.getBoundingClientRect().top;
  for (let at = columns.indexOf(from.closest("[data-column]")) + step; columns[at]; at += step) {
    const near = [...columns[at].querySelectorAll("[data-piece]")].sort(
      (one, other) => Math.abs(one.getBoundingClientRect().top - middle) - Math.abs(other.getBoundingClientRect().top - middle),
    );
    if (near[0]) return near[0];
  }
  return null;
}

function onKey(event) {
  const piece = event.target.closest("[data-board] [data-piece]");
  if (!piece || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const column = [...piece.closest("[data-column]").querySelectorAll("[data-piece]")];
  const steps = {
    ArrowDown: () => column[column.indexOf(piece) + 1],
    ArrowUp: () => column[column.indexOf(piece) - 1],
    ArrowRight: () => beside(piece, 1),
    ArrowLeft: () => beside(piece, -1),
  };
  if (steps[event.key]) {
    event.preventDefault();
    go(steps[event.key]());
    return;
  }
  const link = calendar.querySelector(`nav [data-key="${CSS.escape(event.key)}"]`);
  if (link) link.click();
  if (event.key === "a") piece.closest("li").querySelector(".calendar-quick")?.click();
}

// Dragging: a visit is put down on a free piece of any column, at the quarter of an hour below.

let dragged = null;

function onDrag(event) {
  dragged = event.target.closest?.("[data-move]");
  if (!dragged) return;
  dragged.classList.add("is-dragged");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", "");
}

function target(event) {
  return dragged && event.target.closest?.(".calendar-free [data-piece]");
}

function slotOf(piece, event) {
  const slot = piece.value || new URL(piece.href).searchParams.get("slot");
  const [, stamp, rest] = slot.match(/^(\d{8}T\d{4})Z(.*)$/);
  const box = piece.getBoundingClientRect();
  const rows = Number(piece.closest("li").style.getPropertyValue("--rows"));
  const minutes = Math.floor(((event.clientY - box.top) / box.height) * rows * 5 / 15) * 15;
  const iso = stamp.replace(/^(....)(..)(..)T(..)(..)$/, "$1-$2-$3T$4:$5:00Z");
  const at = new Date(new Date(iso).getTime() + Math.max(0, minutes) * MINUTE);
  return `${at.toISOString().replace(/[-:]/g, "").slice(0, 13)}Z${rest}`;
}

function onDragOver(event) {
  for (const other of calendar.querySelectorAll(".is-target")) other.classList.remove("is-target");
  const piece = target(event);
  if (!piece) return;
  event.preventDefault();
  piece.classList.add("is-target");
}

function onDrop(event) {
  const piece = target(event);
  if (!piece) return;
  event.preventDefault();
  const form = document.getElementById("calendar-move");
  const slot = document.createElement("input");
  Object.assign(slot, { type: "hidden", name: "slot", value: slotOf(piece, event) });
  form.append(slot);
  form.action = dragged.dataset.move;
  form.elements.version.value = dragged.dataset.version;
  form.requestSubmit();
}

function onDragEnd() {
  dragged?.classList.remove("is-dragged");
  dragged = null;
}

if (calendar) {
  beginKeys();
  const top = sessionStorage.getItem("calendar-scroll");
  sessionStorage.removeItem("calendar-scroll");
  if (top) scroller().scrollTop = Number(top);
  else showNow();
  calendar.addEventListener("click", onClick);
  calendar.addEventListener("input", onType);
  calendar.addEventListener("submit", onSubmit);
  calendar.addEventListener("keydown", onKey);
  calendar.addEventListener("dragstart", onDrag);
  calendar.addEventListener("dragover", onDragOver);
  calendar.addEventListener("drop", onDrop);
  calendar.addEventListener("dragend", onDragEnd);
  setInterval(() => {
    moveNow();
    askForNews();
  }, MINUTE);
  addEventListener("focus", askForNews);
  const print = calendar.querySelector("[data-print]");
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
