// Says before somebody is signed out, and lets them stay. Keys and presses are activity; what the
// page does by itself is none.
const words = document.querySelector("template[data-session-end]");
const url = words.dataset.sessionEnd;
const tellEvery = 60_000; // milliseconds
const look = 10_000;
let end; // when the session ends, as far as this page knows
let warning;
let told = Date.now(); // opening the page was activity

async function ask(method) {
  const headers = { Accept: "application/json", "X-CSRFToken": window.wagtailConfig?.CSRF_TOKEN ?? "" };
  const answer = await fetch(url, { method, headers });
  if (!answer.ok) throw new Error(answer.statusText);
  const session = await answer.json();
  if (session.signed_in && shownNow() === "over") renewTokens(session.csrf_token);
  end = Date.now() + (session.seconds ?? 0) * 1000;
  warning = (session.warning ?? 0) * 1000;
  return session;
}

// Whoever has signed in beside this page sends its forms all the same.
function renewTokens(token) {
  for (const field of document.querySelectorAll('input[name="csrfmiddlewaretoken"]')) field.value = token;
  if (window.wagtailConfig) window.wagtailConfig.CSRF_TOKEN = token;
}

function shownNow() {
  return document.querySelector("section.session-end")?.dataset.when;
}

// Nothing outside an open window can be seen well or pressed.
const place = () => document.querySelector("dialog:modal") ?? document.body;

function show(when) {
  const shown = document.querySelector("section.session-end");
  if (shownNow() === when && shown?.parentElement === (when && place())) return;
  shown?.remove();
  if (!when) return;
  const section = words.content.querySelector(`[data-when="${when}"]`).cloneNode(true);
  section.querySelector("button")?.addEventListener("click", stay);
  place().append(section);
}

function stateOf(session) {
  if (!session.signed_in) return "over";
  if (session.seconds > session.warning) return undefined;
  return session.can_stay ? "soon" : "last";
}

async function update(method) {
  try {
    show(stateOf(await ask(method)));
  } catch {
    // The site cannot be reached: it is asked again in a while.
  }
}

function stay() {
  told = Date.now();
  return update("POST");
}

function onActivity({ isTrusted }) {
  const shown = shownNow();
  if (!isTrusted || !end || shown === "over" || shown === "last") return;
  if (shown === "soon" || Date.now() - told >= tellEvery) stay();
}

// Another tab may have made it longer, so the site is asked before anything is said.
function watch() {
  if (end && Date.now() >= end - warning) update("GET");
}

const session = await ask("GET").catch(() => ({ signed_in: false }));
if (session.signed_in) {
  show(stateOf(session));
  addEventListener("keydown", onActivity, { capture: true, passive: true });
  addEventListener("pointerdown", onActivity, { capture: true, passive: true });
  document.addEventListener("visibilitychange", watch);
  // A script was refused something.
  addEventListener("session:ask", () => update("GET"));
  setInterval(() => {
    show(shownNow()); // in its place, also when a window was opened or closed
    if (shownNow() !== "over") watch();
  }, look);
}
