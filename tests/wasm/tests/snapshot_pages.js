// Pages for tests/snapshot_in_browser.rs, built by script so that they hold what no HTML parser would give.

const STAGE = "stage";
const BODILESS = "script, style, svg, noscript, template";
const setAttribute = (element, name, value) => Element.prototype.setAttribute.call(element, name, value);
const nodeType = Object.getOwnPropertyDescriptor(Node.prototype, "nodeType").get;
const isElement = (node) => nodeType.call(node) === Node.ELEMENT_NODE;
const getAttribute = (element, name) => Element.prototype.getAttribute.call(element, name);

/** h("td.qty", {title: "x"}, child, "text") */
const h = (tag, attributes = {}, ...children) => {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (classes.length > 0) element.className = classes.join(" ");
  element.append(...children);
  return element;
};
const parsed = (html) => {
  const template = document.createElement("template");
  template.innerHTML = html;
  return document.importNode(template.content, true);
};

const pages = {
  /** Nesting that an HTML parser would take apart. */
  unparsable: () => [
    h("p", { id: "para" }, "before", h("div.block", {}, h("p.inner", {}, "in a div in a p"))),
    h("table", { id: "bare" }, h("tr.row", {}, h("td.qty", {}, "1"), h("td.price", {}, "12.90")), h("tr.row", {}, h("th", {}, "x"))),
    h("form", { id: "outer" }, h("form.nested", {}, h("input", { name: "deep", value: "1" }))),
    h("a", { href: "/one" }, h("a.within", { href: "/two" }, "link in a link")),
    h("ul", {}, h("div", {}, h("li.lost", {}, "li in a div in a ul"))),
    h("button", {}, h("button.twice", {}, "button in a button")),
    h("select", {}, h("div", {}, h("span", {}, "div in a select"))),
    h("td.stray", {}, "a cell outside of a table"),
  ],
  /** Names and values that XML refuses, and text that must be escaped. */
  names: () => [
    parsed(`<div id="alpine" @click="add(1 < 2 && 'x')" :class="{ 'a': true }" x-on:click.prevent="go" v-bind:key="k">
      <span class="price" data-price='{"amount":"1<2>3&4"}' title="a &quot;quoted&quot; value">5 &lt; 6 &amp;&amp; 7 &gt; 2&nbsp;€</span>
      <fb:like href="/x" class="vendor"></fb:like><O:P class="office">word</O:P></div>`),
    parsed(`<div class="odd" a"b="1" c<d="2" =e="3">odd names</div><br><hr><img alt="" src="data:,"><input value="void">`),
    h("my-line.custom", { "data-qty": "2" }, document.createComment(" a > b & c "), "text"),
    document.createElementNS("urn:example", "x:item"),
    document.createElementNS("http://www.w3.org/1998/Math/MathML", "math"),
  ],
  /** Bodies that stay behind, with siblings whose places must not move. */
  bodiless: () => [
    parsed(`<div class="box"><script type="text/plain">if (a < b) document.write("<td class='fake'>")</script><i class="after-script">1</i>
      <style>.fake > td { color: red }</style><i class="after-style">2</i>
      <svg viewBox="0 0 1 1"><g class="fake"><path d="M0 0"/><foreignObject><div class="fake">x</div></foreignObject></g></svg><i class="after-svg">3</i>
      <noscript><img src="/never.png" class="fake"></noscript><i class="after-noscript">4</i>
      <template><tr class="fake"><td>x</td></tr></template><i class="after-template">5</i></div>`),
    h("noscript", {}, h("b.fake", {}, "elements in a noscript")),
  ],
  /** A form whose controls take the places of its properties. */
  clobbered: () => {
    const names = ["children", "attributes", "id", "checkVisibility", "localName", "parentNode", "firstChild", "nodeType",
      "getAttribute", "hasAttribute", "shadowRoot", "namespaceURI", "nextSibling", "textContent", "tagName"];
    return [
      h("form", { id: "clobbered", hidden: "" }, ...names.map((name) => h("input", { name, value: name })), h("form.inner", {})),
      parsed(`<img name="title" alt=""><img name="body" alt=""><form name="documentElement"></form><p class="last">end</p>`),
    ];
  },
  /** Live state of controls. */
  controls: () => {
    const typed = h("input", { name: "qty", value: "1" });
    typed.value = "7";
    const cleared = h("input", { name: "coupon", value: "X" });
    cleared.value = "";
    const area = h("textarea", { name: "note" }, "before");
    area.value = "after\n& <more>";
    const box = h("input", { type: "checkbox", name: "gift", checked: "" });
    box.checked = false;
    const radio = h("input", { type: "radio", name: "ship" });
    radio.checked = true;
    const choice = h("select", { name: "size" }, h("option", { value: "s", selected: "" }, "Small"), h("option", { value: "l" }, " Large  one"));
    choice.value = "l";
    const first = h("select", { name: "first" }, h("option", {}, "One"), h("option", {}, "Two"));
    const none = h("select", { name: "none" }, h("option", {}, "One"));
    none.selectedIndex = -1;
    const list = h("select", { name: "list", size: "3" }, h("option", {}, "One"), h("option", {}, "Two"));
    const secrets = [
      ["type", "password"], ["autocomplete", "billing cc-number"], ["name", "form_key"], ["type", "email"],
    ].map(([key, value]) => {
      const input = h("input.secret", { value: "markup", [key]: value });
      input.value = "SECRET-TYPED";
      return input;
    });
    return [typed, cleared, area, box, radio, choice, first, none, list, h("input", { name: "plain", value: "as written" }), ...secrets];
  },
  /** What is seen (data-seen says so). */
  visibility: () => [
    parsed(`<style>.gone { display: none } .unseen { visibility: hidden } .again { visibility: visible }
        .contents { display: contents } .auto { content-visibility: auto; contain-intrinsic-size: 10px 500px }
        .clip { position: absolute; clip: rect(0 0 0 0); width: 1px; height: 1px; overflow: hidden } .faded { opacity: 0 }
        .skipped { content-visibility: hidden } .old { text-decoration: line-through }</style>
      <div class="gone" data-seen="no"><b data-seen="no">gone</b></div>
      <div class="unseen" data-seen="no">unseen<b data-seen="no">x</b><b class="again" data-seen="yes">again<i class="gone" data-seen="no">no</i></b></div>
      <div class="contents" data-seen="yes"><b data-seen="yes">contents</b></div>
      <div class="unseen"><div class="contents" data-seen="no"><b class="again" data-seen="yes">back</b></div></div>
      <span class="clip" data-seen="yes">for screen readers</span><span class="faded" data-seen="yes">fading in</span>
      <div style="height: 20000px"></div><div class="auto"><p data-seen="yes">a row far below</p></div>
      <div class="skipped"><p data-seen="no">skipped</p></div><div hidden="until-found">until found<b data-seen="no">until found</b></div>
      <p hidden data-seen="no">hidden</p><input type="hidden" value="1" data-seen="no">
      <details><summary data-seen="yes">sum</summary><p data-seen="no">closed</p></details>
      <select data-seen="yes"><option selected>shown option</option><option>other option</option></select>
      <div class="old prices"><span class="price">19.90</span></div><del><b class="deleted">5</b></del><p class="new">9.90</p>`),
  ],
  /** Shadow roots inside each other, slots, and a same-origin frame. */
  hosted: () => {
    const host = h("cart-line", {}, h("b.light", { slot: "name" }, "Slotted"), "default text", h("b.unassigned", { slot: "none" }, "nowhere"));
    const shadow = host.attachShadow({ mode: "open" });
    shadow.append(parsed(`<table class="inside"><tr><td><slot name="name">fallback</slot></td><td class="qty"><slot></slot></td></tr></table><p hidden>unseen</p>`));
    const inner = h("qty-box");
    inner.attachShadow({ mode: "open" }).append(h("input.deep", { value: "1" }), h("span.deep", {}, "pcs"));
    inner.shadowRoot.querySelector("input").value = "42";
    shadow.append(inner);
    const frame = h("iframe", { srcdoc: "<!doctype html><title>inner</title><div class=framed><p>in a frame</p><p>two</p></div>" });
    return [h("div.before", {}, "before"), host, frame, h("div.after", {}, "after")];
  },
};

const stage = () => document.getElementById(STAGE);

/** The roots that hold probes: the document, then shadow roots and frames in the core's order. */
const roots = () => {
  const found = [stage()];
  for (const root of found) {
    const all = [root, ...root.querySelectorAll("*")].filter(isElement);
    const shadowRoot = Object.getOwnPropertyDescriptor(Element.prototype, "shadowRoot").get;
    const shadows = all.map((element) => shadowRoot.call(element)).filter(Boolean);
    const frames = all.filter((element) => element instanceof HTMLIFrameElement && element.contentDocument);
    found.push(...shadows, ...frames.map((frame) => frame.contentDocument.documentElement));
  }
  return found;
};

/** Puts a page on the stage and numbers every element that the core will hold. */
export async function build(name) {
  stage()?.remove();
  const element = document.createElement("main");
  element.id = STAGE;
  document.body.append(element);
  element.append(...pages[name]());
  const frames = [...element.querySelectorAll("iframe")];
  await Promise.all(frames.map((frame) => new Promise((done) => frame.addEventListener("load", done, { once: true }))));
  let probe = 0;
  for (const root of roots()) {
    for (const inner of [root, ...root.querySelectorAll("*")]) {
      if (!isElement(inner) || isInsideBodiless(inner)) continue;
      probe += 1;
      setAttribute(inner, "data-probe", String(probe));
    }
  }
  return probe;
}
const parentElement = Object.getOwnPropertyDescriptor(Node.prototype, "parentElement").get;
const isInsideBodiless = (element) => {
  const parent = parentElement.call(element);
  return parent !== null && Element.prototype.closest.call(parent, BODILESS) !== null;
};

/** Probes of the elements that the browser itself finds. */
export function browserFinds(selector) {
  const found = [];
  for (const root of roots()) {
    const scope = isElement(root) ? root.ownerDocument : root;
    for (const element of scope.querySelectorAll(selector)) {
      const probe = getAttribute(element, "data-probe");
      if (probe !== null && (root !== stage() || stage().contains(element))) found.push(probe);
    }
  }
  return found;
}

/** Runs the shim as executeScript does: from its source text, its answer through JSON. */
export function snapshotAlone(takeSnapshot, plan) {
  const alone = (0, eval)(`(${takeSnapshot})`);
  return JSON.stringify(alone(JSON.parse(plan)));
}

/** Everything of the page that the shim could have changed. */
export function pageState() {
  return JSON.stringify([
    document.documentElement.outerHTML,
    roots().map((root) => root.innerHTML),
    performance.getEntriesByType("resource").map(({ name }) => name),
    document.styleSheets.length,
    Object.keys(window).length,
  ]);
}

/** Adds what a document says about itself to the head. */
export function dress(html) {
  document.head.insertAdjacentHTML("beforeend", html);
}

export function later(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}
