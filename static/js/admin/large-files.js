// Says beside its field that a file is too large, instead of sending it.
document.addEventListener("change", ({ target }) => {
  const largest = Number(target.dataset?.largestFile);
  if (!largest || target.type !== "file") return;
  const id = `${target.id}-too-large`;
  document.getElementById(id)?.remove();
  if (![...target.files].some((file) => file.size > largest)) return;
  const said = document.createElement("p");
  said.id = id;
  said.className = "error-message";
  said.setAttribute("role", "alert");
  said.textContent = target.dataset.tooLarge;
  target.value = "";
  target.after(said);
});
