// Reads the list "Before publishing" anew after each automatic save of the draft.
document.addEventListener("w-autosave:success", async () => {
  const list = document.querySelector("[data-publishing-checks]");
  if (!list) return;
  const answer = await fetch(list.dataset.publishingChecks);
  if (answer.ok) list.innerHTML = await answer.text();
});
