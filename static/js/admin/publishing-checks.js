// Reads the list "Before publishing" anew after each automatic save of the draft.
document.addEventListener("w-autosave:success", async ({ detail }) => {
  const list = document.querySelector("[data-publishing-checks]");
  if (!list) return;
  const url = list.dataset.publishingChecks.replace("/0/", `/${detail.response.pk}/`);
  const answer = await fetch(url);
  // Somebody whose session has ended is sent to sign in, and that page does not belong here.
  if (answer.ok && !answer.redirected) list.innerHTML = await answer.text();
});
