// Shows a figure large, over its page. Without this its link leads to a page that does the same.
const dialog = document.querySelector("[data-figure-dialog]");
const place = dialog.querySelector("[data-figure-place]");

function show(link) {
  const picture = link.querySelector("picture").cloneNode(true);
  for (const source of picture.querySelectorAll("source")) source.sizes = "75rem";
  const caption = link.parentElement.querySelector("figcaption");
  const image = picture.querySelector("img");
  image.loading = "eager";
  place.style.setProperty("--ratio", image.width / image.height);
  const figure = document.createElement("figure");
  figure.className = "figure";
  figure.append(picture, ...(caption ? [caption.cloneNode(true)] : []));
  place.replaceChildren(figure);
  dialog.showModal();
  dialog.scrollTop = 0;
}

for (const link of document.querySelectorAll("[data-large-figure]")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !link.querySelector("picture")) return;
    event.preventDefault();
    show(link);
  });
}
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close(); // beside the figure
});
