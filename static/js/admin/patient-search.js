// The box for patients finds while somebody types; arrow keys go through what it has found.
// Without this script Enter and the button lead to a page with the same. Within a form that books,
// what is found is chosen for it.

const WAIT = 180; // milliseconds without a key
const FEWEST = 3; // letters or digits

for (const search of document.querySelectorAll("[data-patient-search]")) {
  const box = search.querySelector("input[type=search]");
  const shown = search.querySelector("[data-patient-found]");
  const token = search.closest("form").querySelector("[name=csrfmiddlewaretoken]");
  let timer = 0;
  let asked = 0;

  const hide = () => {
    clearTimeout(timer);
    asked += 1;
    shown.hidden = true;
    shown.replaceChildren();
  };

  const find = async () => {
    asked += 1;
    const mine = asked;
    const body = new FormData();
    body.append("csrfmiddlewaretoken", token.value);
    body.append("q", box.value);
    if ("choosing" in search.dataset) body.append("choosing", "1");
    const answer = await fetch(search.dataset.patientSearch, {
      method: "POST",
      body,
      headers: { "X-Requested-With": "XMLHttpRequest" },
    }).catch(() => null);
    if (!answer?.ok || mine !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== asked) return;
    shown.replaceChildren(...page.body.children);
    shown.hidden = false;
  };

  box.addEventListener("input", () => {
    if (box.value.replace(/[^\p{L}\p{N}]/gu, "").length < FEWEST) hide();
    else {
      clearTimeout(timer);
      timer = setTimeout(find, WAIT);
    }
  });

  search.addEventListener("keydown", (event) => {
    const found = [...shown.querySelectorAll("a, button")];
    const at = found.indexOf(document.activeElement);
    if (event.key === "Escape" && !shown.hidden) {
      hide();
      box.focus();
    } else if (event.key === "ArrowDown" && at < found.length - 1) {
      event.preventDefault();
      found[at + 1].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (found[at - 1] ?? box).focus();
    }
  });

  document.addEventListener("click", (event) => {
    if (!search.contains(event.target)) hide();
  });
  search.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !search.contains(event.relatedTarget)) hide();
  });
}
