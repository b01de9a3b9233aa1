// What stands in a page that a browser has read, told by what is allowed there; and then
// everything in it is touched, so that what waits for the reader's hand shows itself.
(() => {
const words = text => (text || "").split(" ");
const HTML = new Set(words("p br hr h1 h2 h3 h4 h5 h6 ul ol li dl dt dd pre code blockquote table thead"
  + " tbody tr th td strong em del b i u s ins sub sup kbd samp var mark small q cite abbr ruby rt rp a img"
  + " div span section details summary html head body title meta link nav aside header"));
const MATH = new Set(words("math semantics mrow mi mn mo ms mtext mspace msup msub msubsup mfrac msqrt mroot"
  + " mover munder munderover mtable mtr mtd mstyle mpadded mphantom menclose mmultiscripts mprescripts none annotation"));
const ATTRIBUTES = new Set(words("alt title class lang dir start colspan rowspan open"
  + " data-cloze data-ordinal xmlns xmlns:epub xml:lang epub:type role aria-label aria-labelledby aria-hidden hidden"));
const HEAD_ATTRIBUTES = new Set(words("charset name content rel type href"));
const MATH_ATTRIBUTES = new Set(words("mathvariant stretchy fence separator accent accentunder columnalign rowspacing"
  + " columnspacing lspace rspace minsize maxsize displaystyle scriptlevel width height depth encoding movablelimits"
  + " linethickness symmetric form largeop alttext display columnlines rowlines notation"));
const SAFE = new Set(["http:", "https:", "mailto:", "tel:", "file:"]);
// Colours of code have classes of one letter or two.
const CARD_CLASS = /^(dk(-[a-z]+)?|cloze(-inactive)?|html|tw|plain|notes|note-number|missing|math|task|drawing|[a-z]{1,2}|language-.*)$/;
const PAGE_CLASS = /^([a-z][a-z0-9-]*|language-.*)$/;
const EVENTS = words("click dblclick mousedown mouseup mouseover mouseenter mousemove pointerenter pointerdown"
  + " focus blur input change submit toggle beforetoggle load error animationstart transitionend keydown copy"
  + " paste drag drop wheel scroll start finish play begin end");

const ready = () => document.readyState == "complete" || new Promise(done => addEventListener("load", done));
const later = () => new Promise(done => setTimeout(done));
const name_of = e => e.localName + (e.namespaceURI.endsWith("MathML") ? " (math)" : e.namespaceURI.endsWith("svg") ? " (svg)" : "");

function* wrong_attribute(e, a, inside) {
  if (["meta", "link"].includes(e.localName) && HEAD_ATTRIBUTES.has(a.name)) return;
  const url = a.name == "href" || a.name == "src";
  if (url) {
    const address = new URL(a.value, document.baseURI);
    if (!SAFE.has(address.protocol) || (a.name == "src" && address.protocol != "file:"))
      yield `${name_of(e)} leads to ${a.value.slice(0, 80)}`;
    if (!["a", "img"].includes(e.localName)) yield `${name_of(e)} has ${a.name}`;
  } else if (a.name == "id") {
    if (!(inside ? /^(answer|typeans)$/ : /^[a-z0-9-]+$/).test(a.value)) yield `the id ${a.value}`;
  } else if (a.name == "class") {
    for (const c of e.classList)
      if (!(inside ? CARD_CLASS : PAGE_CLASS).test(c)) yield `the class ${c}`;
  } else if (!ATTRIBUTES.has(a.name) && !(e.namespaceURI.endsWith("MathML") && MATH_ATTRIBUTES.has(a.name))) {
    yield `${name_of(e)} has ${a.name}`;
  }
}

function* wrong_element(e, inside) {
  const allowed = e.namespaceURI == "http://www.w3.org/1999/xhtml" ? HTML.has(e.localName)
    && !(inside && ["html", "head", "body", "title", "meta", "link"].includes(e.localName))
    : e.namespaceURI == "http://www.w3.org/1998/Math/MathML" && MATH.has(e.localName);
  if (!allowed) yield `the element ${name_of(e)}`;
  for (const a of e.attributes) yield* wrong_attribute(e, a, inside);
}

const shown = e => {
  let text = e.textContent;
  for (const i of e.querySelectorAll("[alt], [title]"))
    text += " " + (i.getAttribute("alt") || "") + " " + (i.getAttribute("title") || "");
  return text;
};

// Of what is followed only the start counts: nothing leaves the page.
const stay = event => {
  const link = event.target.closest && event.target.closest("a, area");
  if (link && /^(https?|mailto|tel|file):$/.test(link.protocol)) event.preventDefault();
};

function touch(root) {
  document.addEventListener("click", stay, true);
  for (const e of root.querySelectorAll("*")) {
    if (!e.attributes.length) continue; // which has nothing to wait with
    for (const kind of EVENTS) e.dispatchEvent(new Event(kind, {bubbles: kind == "click", cancelable: true}));
    if (e.click) e.click();
    if (e.focus) e.focus();
  }
}

// The sides of cards, each in a box of its own: [[what is wrong, text]].
async function judge_sides(count) {
  await ready();
  const boxes = [...document.body.children].filter(e => e.localName != "script");
  const found = [];
  for (let i = 0; i < count; i++) {
    const box = document.getElementById("side-" + i), wrong = [];
    if (!box || boxes[i] !== box) { found.push([["not where it belongs"], ""]); continue; }
    const card = box.children;
    if (card.length != 1 || card[0].className != "dk") wrong.push("the frame of the card is broken");
    for (const e of box.querySelectorAll("*")) wrong.push(...wrong_element(e, true));
    found.push([wrong, shown(box)]);
  }
  if (boxes.length != count) found.push([[`${boxes.length} boxes instead of ${count}`], ""]);
  touch(document.body);
  await later();
  return found;
}

// A page of the book.
async function judge_page() {
  await ready();
  const wrong = [];
  for (const e of document.querySelectorAll("*")) wrong.push(...wrong_element(e, false));
  touch(document.documentElement);
  await later();
  return [wrong, shown(document.documentElement)];
}

// Fields as an editor writes them back.
const edited = fields => fields.map(html => {
  const box = document.createElement("div");
  box.innerHTML = html;
  return box.innerHTML;
});

Object.assign(globalThis, {judge_sides, judge_page, edited, alert() {}});
})();
