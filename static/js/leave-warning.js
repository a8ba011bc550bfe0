// Asks before a page with unsent text is left. Applies to forms marked data-warn-before-leaving; "kept" says that all is saved.
for (const form of document.querySelectorAll("form[data-warn-before-leaving]")) {
  let isDirty = form.dataset.warnBeforeLeaving === "dirty";
  form.addEventListener("input", () => { isDirty = true; });
  form.addEventListener("submit", () => { isDirty = false; });
  form.addEventListener("kept", () => { isDirty = false; });
  window.addEventListener("beforeunload", (event) => { if (isDirty) event.preventDefault(); });
}
