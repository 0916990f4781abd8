// data-copy: a button puts the text above it on the clipboard; without a script the text is selected by hand.
for (const part of document.querySelectorAll("[data-copy]")) {
  const button = part.querySelector("[data-copy-button]");
  const text = part.querySelector("pre");
  const word = button.querySelector("span");
  const usual = word.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const fold = text.closest("details");
    if (fold) fold.open = true;
    const range = document.createRange();
    range.selectNodeContents(text);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    if (navigator.clipboard) await navigator.clipboard.writeText(text.textContent);
    else document.execCommand("copy");
    word.textContent = button.dataset.copied;
    setTimeout(() => { word.textContent = usual; }, 2000);
  });
}
