// Copies the text of a field: the button stands in an element that names the field in data-copies. Without it, people
// select the text by hand.
for (const place of document.querySelectorAll("[data-copies]")) {
  const field = document.getElementById(place.dataset.copies);
  const told = place.querySelector("[role=status]");
  place.hidden = false;
  place.querySelector("button").addEventListener("click", async () => {
    field.focus();
    field.select();
    let isCopied = false;
    try {
      await navigator.clipboard.writeText(field.value);
      isCopied = true;
    } catch {
      isCopied = document.execCommand("copy"); // The clipboard of a page over plain HTTP.
    }
    told.textContent = isCopied ? "写しました。" : "選びました。Ctrl+Cで写してください。";
  });
}
