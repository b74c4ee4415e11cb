// Takes the description of a chosen picture over into its block, unless somebody has said something there.
document.addEventListener("change", ({ target }) => {
  const chooser = target.closest?.("[data-contentpath='image']");
  const field = chooser?.parentElement.querySelector(":scope > [data-contentpath='alternative_text'] textarea");
  if (!field) return;
  // Wagtail tells of the change first, and then writes down what was chosen.
  setTimeout(() => {
    const description = chooser.querySelector("[data-chooser-image]")?.dataset.defaultAltText?.trim();
    const own = field.value.trim() && field.value !== field.dataset.takenOver;
    if (!description || own) return;
    field.value = field.dataset.takenOver = description;
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
  });
});
