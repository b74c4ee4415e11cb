// A link to a comment that stands in another part of a long thread leads there.
const address = document.querySelector("[data-see-comment]")?.dataset.seeComment;

function see() {
  const [, number] = /^#comment-(\d+)$/.exec(location.hash) ?? [];
  if (address && number && !document.getElementById(`comment-${number}`)) {
    location.replace(address.replace("/0/", `/${number}/`));
  }
}

see();
addEventListener("hashchange", see);
