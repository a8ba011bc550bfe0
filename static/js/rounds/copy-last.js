// A button beside what was said last time, that copies it into an empty field: a conscious step, never done by itself.
for (const last of document.querySelectorAll("[data-last]")) {
  const area = document.getElementById(last.dataset.last);
  if (!area) continue;
  const label = document.querySelector(`label[for="${area.id}"]`)?.firstChild?.textContent.trim() ?? "";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--text copy-last";
  button.textContent = "前回の文を写す";
  button.setAttribute("aria-label", `${label}に前回の文を写す`);
  const offer = () => { button.hidden = area.value.trim() !== ""; };
  button.addEventListener("click", () => {
    area.value = last.textContent;
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.focus();
  });
  area.addEventListener("input", offer);
  last.after(button);
  offer();
}
