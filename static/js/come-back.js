// Asks anew for a page that the browser kept awake, so that going back shows today's state, and nothing after signing out.
// A half-written form stays, unless its writer signed out on that very page.
let isSignedOut = false;

const wasTyped = (control) =>
  control.type === "hidden" ? false
  : control.options ? [...control.options].some((option) => option.selected !== option.defaultSelected)
  : control.checked !== control.defaultChecked || control.value !== control.defaultValue;

document.querySelector('form[action$="/logout/"]')?.addEventListener("submit", () => { isSignedOut = true; });
window.addEventListener("pageshow", (event) => {
  const isHalfWritten = [...document.querySelectorAll("input, select, textarea")].some(wasTyped);
  if (event.persisted && (isSignedOut || !isHalfWritten)) location.reload();
});
