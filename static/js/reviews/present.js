// Shows the slides of a sitting one at a time on a wide screen. Without it, or on a narrow one, they stand below one another.
const WIDE = window.matchMedia("(min-width: 60rem) and (min-height: 32rem)");
const slides = [...document.querySelectorAll("[data-slide]")];
const part = (name) => document.querySelector(`[data-present-${name}]`);
const [number, jump, start, stop] = ["number", "jump", "start", "stop"].map(part);
let current = 0, isWanted = true;

const isShowing = () => isWanted && WIDE.matches;
const titleOf = (slide) => slide.querySelector("h2");
const PLACE = `present ${location.pathname}`;
// The address stays as it is: changed, it would make the browser ask for the icon of the page again.
const remember = () => {
  try { sessionStorage.setItem(PLACE, current); } catch { /* then a reload begins where the address says */ }
};
const remembered = () => {
  if (performance.getEntriesByType("navigation")[0]?.type !== "reload") return null;
  try { return sessionStorage.getItem(PLACE); } catch { return null; }
};
const named = () => slides.findIndex((slide) => `#${slide.id}` === location.hash);

// Whoever was inside a slide, or chose one from the list, goes on at the heading; whoever pressed a button stays on it.
const takeFocus = () => {
  const held = document.activeElement;
  const isOnButton = held?.closest("[data-present-bar]") && !held.closest("[data-present-jump]");
  if (isOnButton) return false;
  titleOf(slides[current]).focus({ preventScroll: true });
  return true;
};

const tell = (isRead) => {
  const spoken = document.createElement("span");
  spoken.className = "unseen";
  spoken.textContent = isRead ? "" : ` ${titleOf(slides[current]).textContent}`;
  number.replaceChildren(`${current + 1} / ${slides.length}`, spoken);
};

const show = (wanted, { quietly = false } = {}) => {
  current = Math.max(0, Math.min(slides.length - 1, wanted));
  for (const [place, slide] of slides.entries()) slide.classList.toggle("is-current", place === current);
  jump.open = false;
  remember();
  if (isShowing()) window.scrollTo(0, 0);
  tell(quietly || takeFocus());
};

const arrange = () => {
  document.documentElement.classList.toggle("is-presenting", isShowing());
  part("move").hidden = stop.hidden = !isShowing();
  start.hidden = isShowing() || !WIDE.matches;
};

const MOVES = {
  ArrowRight: () => current + 1,
  PageDown: () => current + 1,
  ArrowLeft: () => current - 1,
  PageUp: () => current - 1,
  Home: () => 0,
  End: () => slides.length - 1,
};
const moveOf = (event) => (event.key === " " ? MOVES[event.shiftKey ? "PageUp" : "PageDown"] : MOVES[event.key]);

document.addEventListener("keydown", (event) => {
  if (!isShowing() || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.key === "Escape") jump.open = false;
  if (event.key === " " && event.target.closest("button, summary")) return;
  const move = moveOf(event);
  if (!move) return;
  event.preventDefault();
  show(move());
});
part("previous").addEventListener("click", () => show(current - 1));
part("next").addEventListener("click", () => show(current + 1));
for (const [button, wish] of [[start, true], [stop, false]]) {
  button.addEventListener("click", () => {
    isWanted = wish;
    arrange();
    titleOf(slides[current]).focus();
  });
}
jump.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || !isShowing()) return;
  event.preventDefault();
  show(slides.findIndex((slide) => `#${slide.id}` === link.hash));
});
window.addEventListener("hashchange", () => { if (isShowing() && named() >= 0) show(named()); });
WIDE.addEventListener("change", arrange);

if (slides.length) {
  arrange();
  show(Number(remembered() ?? Math.max(0, named())), { quietly: true });
}
