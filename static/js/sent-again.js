// A form that could not be stored is the answer to its own post, which no browser goes back to: it
// shows an error of its own. As it is sent again, its entry becomes the page of the same address.
for (const form of document.querySelectorAll("form[data-sent-again]")) {
  form.addEventListener("submit", () => history.replaceState(null, "", location.href));
}
