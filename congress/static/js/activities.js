// Planning: the part that a kind of activity needs opens when that kind is chosen.
const kind = document.querySelector("select[name=kind]");
kind?.addEventListener("change", () => {
  for (const part of document.querySelectorAll("[data-opens-for]")) {
    if (part.dataset.opensFor.split(" ").includes(kind.value)) part.open = true;
  }
});
