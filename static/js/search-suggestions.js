// Offers titles and names while somebody types in the search. One request at a time, after a pause.
const PAUSE = 250; // milliseconds
const SHORTEST = 2;

for (const input of document.querySelectorAll("[data-suggestions]")) {
  const list = document.createElement("datalist");
  list.id = `${input.id}-suggestions`;
  input.after(list);
  input.setAttribute("list", list.id);
  input.setAttribute("autocomplete", "off");

  let waiting;
  let request;

  async function suggest() {
    const words = input.value.trim();
    request?.abort();
    if (words.length < SHORTEST) {
      list.replaceChildren();
      return;
    }
    request = new AbortController();
    const address = `${input.dataset.suggestions}?${new URLSearchParams({ q: words })}`;
    try {
      const answer = await fetch(address, { signal: request.signal, credentials: "omit" });
      if (answer.ok) {
        const found = await answer.json();
        list.replaceChildren(...found.map((text) => new Option(text, text)));
      }
    } catch {
      // What was typed meanwhile asks again; without an answer the form works as it did.
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(suggest, PAUSE);
  });
}
