// Closing a day: the visits that it hits are listed as soon as the days are filled in, and a holiday
// fills them in. Without this script they are listed when the form is sent, before it is stored.

const list = document.querySelector("[data-affected]");
const form = list.closest("form");
const NAMES = ["first_day", "last_day", "begins", "ends", "person", "location"];
let asked = query();

const field = (name) => form.elements.namedItem(name);

function query() {
  const said = NAMES.map((name) => [name, form.elements.namedItem(name)?.value ?? ""]);
  return new URLSearchParams(said.filter(([, value]) => value)).toString();
}

async function refresh() {
  const now = query();
  if (now === asked || !field("first_day").value) return;
  asked = now;
  const answer = await fetch(`${list.dataset.affected}?${now}`);
  // Whoever is signed out meanwhile gets a page that does not belong here.
  if (!answer.ok || answer.redirected || now !== asked) return;
  const before = list.querySelector("textarea");
  const written = before && before.value !== before.defaultValue ? before.value : null;
  list.innerHTML = await answer.text();
  const after = list.querySelector("textarea");
  if (written !== null && after) after.value = written;
}

form.addEventListener("change", refresh);
// Wagtail's date picker fires no event of the browser's own.
document.addEventListener("click", () => setTimeout(refresh, 100));

form.addEventListener("click", (event) => {
  const holiday = event.target.closest("a[data-day]");
  if (!holiday) return;
  event.preventDefault();
  field("first_day").value = field("last_day").value = holiday.dataset.day;
  field("reason").value = holiday.dataset.reason;
  field("first_day").focus();
});
