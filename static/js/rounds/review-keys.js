// Keys for checking answers: a accepts, r goes to the reason, n and p to the neighbours. Nothing depends on them.
// They rest while somebody writes or holds another key, and can be switched off for good (WCAG 2.1.4).
const PLACE = "review-keys";
const panel = document.querySelector("[data-review-keys]");
const box = panel?.querySelector("[data-review-keys-switch]");

const remembered = () => {
  try { return localStorage.getItem(PLACE); } catch { return null; }
};
const remember = (value) => {
  try { localStorage.setItem(PLACE, value); } catch { /* a browser that keeps nothing asks anew each time */ }
};
const show = () => panel.classList.toggle("is-off", !box.checked);
const isWriting = (element) => element.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");

if (box) {
  box.checked = remembered() !== "off";
  panel.hidden = false;
  show();
  box.addEventListener("change", () => { remember(box.checked ? "on" : "off"); show(); });
  document.addEventListener("keydown", (event) => {
    if (!box.checked || event.repeat || event.isComposing) return;
    if (event.ctrlKey || event.altKey || event.metaKey || isWriting(event.target)) return;
    const target = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!target) return;
    event.preventDefault();
    const field = target.querySelector("textarea");
    if (field) field.focus();
    else target.click();
  });
}
