/**
 * Writes the page as the core reads it: docs/snapshot-format.md.
 *
 * The function is handed to chrome.scripting.executeScript({ func: takeSnapshot, args: [plan] }), which sends its
 * source text: so it closes over nothing and imports nothing. It only reads. It clones nothing (cloned images start to
 * load), evaluates nothing, and never throws for what a page does.
 *
 * Every property of a node is read through its prototype: an <input name="children"> in a form, or an
 * <img name="title">, takes the place of the property of that name on the form or the document.
 *
 * @param {{format: 1, roots: {selector: string}[], state: {name: string, keep?: string[], holding?: string[]}[],
 *          limits: {elements: number, depth: number, bytes: number, state: number}}} plan
 * @returns {object} a snapshot, plain JSON
 */
export function takeSnapshot(plan) {
  const FORMAT = 1;
  /** Shadow roots and frames inside each other; deeper ones are named as not reached. */
  const NESTING = 8;
  /** Bodies of these stay behind in the core, so what is inside them has no number. */
  const BODILESS = new Set(["script", "style", "svg", "noscript", "template"]);
  const FRAMES = { __proto__: null, iframe: HTMLIFrameElement, frame: HTMLFrameElement };
  /** Elements with live state or a document of their own. */
  const SPECIAL = new Set(["input", "option", "select", "textarea", "iframe", "frame"]);
  /** Elements of HTML that may have a shadow root, beside custom ones: https://dom.spec.whatwg.org/#dom-element-attachshadow */
  const HOSTS = new Set("article aside blockquote body div footer h1 h2 h3 h4 h5 h6 header main nav p section span".split(" "));
  const XHTML = "http://www.w3.org/1999/xhtml";
  const PRIVATE_TYPES = new Set(["password", "file", "email", "tel"]);
  const QUANTITY = /qty|quantit/i;
  const DIGIT = /\d/;
  const COUNT = /^\d{1,5}([.,]\d{1,3})?$/;
  const PRIVATE_AUTOFILL = /(^|\s)(cc-\S*|one-time-code|current-password|new-password|webauthn)(\s|$)/i;
  /** As in `src/snapshot/attributes.rs`: what the shim leaves behind, the core would leave out. */
  const SECRET = /auth|csrf|customer|e-mail|email|form-key|form_key|formkey|nonce|passw|secret|session|token|user|xsrf/i;
  const LONGEST_META = 4096;
  const COMMENTS = /<!--[^]*?-->/g;
  /** Bodies that stay behind, but for those with another of their kind inside. */
  const BODIES = /<(script|style|svg|noscript)( [^<>]*)?>(?:(?!<\/?\1[ >/])[^])+<\/\1>/g;
  /** Attributes that no definition can ask for. */
  const HANDLERS = /(?<=<[^<>]*) (?:on[a-z]+|style|srcdoc)="[^"]*"/g;

  // Bound to `call` itself: the function runs once in a page, so nothing of it is ever compiled for speed.
  const uncurried = (run) => Function.prototype.call.bind(run);
  const get = (type, name) => uncurried(Object.getOwnPropertyDescriptor(type.prototype, name).get);
  const call = (type, name) => uncurried(Object.getOwnPropertyDescriptor(type.prototype, name).value);
  const attribute = call(Element, "getAttribute");
  const hasAttribute = call(Element, "hasAttribute");
  const attributesOf = get(Element, "attributes");
  const checkVisibility = call(Element, "checkVisibility");
  const localName = get(Element, "localName");
  const namespace = get(Element, "namespaceURI");
  const openShadowRoot = get(Element, "shadowRoot");
  const innerWidth = get(Element, "clientWidth");
  const innerHeight = get(Element, "clientHeight");
  const parentNode = get(Node, "parentNode");
  const firstChild = get(Node, "firstChild");
  const lastChild = get(Node, "lastChild");
  const nodeType = get(Node, "nodeType");
  const nodeValue = get(Node, "nodeValue");
  const textContent = get(Node, "textContent");
  const documentElement = get(Document, "documentElement");
  const queryAll = call(Document, "querySelectorAll");
  /** A fifth of what a selector with an attribute costs on a large page. */
  const named = call(Document, "getElementsByTagName");
  const inputType = get(HTMLInputElement, "type");
  const inputValue = get(HTMLInputElement, "value");
  const inputChecked = get(HTMLInputElement, "checked");
  const areaValue = get(HTMLTextAreaElement, "value");
  const areaDefault = get(HTMLTextAreaElement, "defaultValue");
  const chosenPlace = get(HTMLSelectElement, "selectedIndex");
  const optionSelected = get(HTMLOptionElement, "selected");
  const serializer = new XMLSerializer();

  /** Thrown and caught in here only. */
  class Refusal {
    constructor(limit, found, allowed) {
      this.refused = { limit, found, allowed };
    }
  }
  const spent = { elements: 0, bytes: 0 };
  const spend = (limit, amount) => {
    spent[limit] += amount;
    if (spent[limit] > plan.limits[limit]) throw new Refusal(limit, spent[limit], plan.limits[limit]);
  };

  // ---- what can be seen ------------------------------------------------------------------------------------------

  // Rows scrolled away under content-visibility: auto count as seen, and so does text clipped to a pixel for screen
  // readers and text that is fading in (opacity). The older names of the options serve Chrome before 121.
  const SEEN = { visibilityProperty: true, checkVisibilityCSS: true };
  /** Seen, unseen but with descendants that may be (visibility: hidden), gone with everything below (no box). */
  const appearanceOf = (element) => {
    if (checkVisibility(element, SEEN)) return "seen";
    if (checkVisibility(element)) return "unseen";
    const style = getComputedStyle(element);
    if (style.display !== "contents") return "gone";
    return style.visibility === "visible" ? "seen" : "unseen";
  };
  /** Notes an element whose appearance differs from its parent's, and gives what its children inherit. */
  const noteAppearance = (element, number, inherited, live) => {
    if (inherited === "gone" || inherited === "as its parent") return inherited;
    const appearance = appearanceOf(element);
    if (inherited === "seen" && appearance !== "seen") live.hidden.push(number);
    if (inherited === "unseen" && appearance === "seen") live.shown.push(number);
    return appearance;
  };

  // ---- struck prices ---------------------------------------------------------------------------------------------

  const isNumeric = (node) => node !== null && nodeType(node) === Node.TEXT_NODE && DIGIT.test(nodeValue(node));
  /** Where no element is inside, the text is had without an object for each of its nodes. */
  const showsNumber = (element, isLeaf) =>
    isLeaf ? DIGIT.test(textContent(element)) : isNumeric(firstChild(element)) || isNumeric(lastChild(element));
  /** Asks only where a number stands, and up to two levels above: computed styles of a whole page cost too much. */
  const noteStruck = (innermost, isLeaf, live) => {
    if (!showsNumber(innermost.element, isLeaf)) return;
    const [one, two, three] = [innermost, innermost.parent, innermost.parent?.parent];
    for (const step of [three, two, one]) {
      if (step && isStruck(step, live)) return;
    }
  };
  const isStruck = (step, live) => {
    if (step.struck === undefined) {
      step.struck = getComputedStyle(step.element).textDecorationLine.includes("line-through");
      if (step.struck) live.struck.push(step.number);
    }
    return step.struck;
  };

  // ---- form controls ---------------------------------------------------------------------------------------------

  /** Shops choose the type of telephone numbers for quantities, for its keys; the page's own short number tells them. */
  const counts = (element) =>
    QUANTITY.test(attribute(element, "name") ?? "") ||
    (COUNT.test(attribute(element, "value") ?? "") && COUNT.test(inputValue(element)));
  const isPrivate = (element, type) =>
    (PRIVATE_TYPES.has(type) && !(type === "tel" && counts(element))) ||
    PRIVATE_AUTOFILL.test(attribute(element, "autocomplete") ?? "") ||
    SECRET.test(attribute(element, "name") ?? "");
  const noteInput = (element, number, live) => {
    const type = inputType(element);
    if (type === "checkbox" || type === "radio") {
      const checked = inputChecked(element);
      if (checked !== hasAttribute(element, "checked")) live.checked.push([number, checked]);
    } else if (!isPrivate(element, type)) {
      const value = inputValue(element);
      if (value !== (attribute(element, "value") ?? "")) live.values.push([number, value]);
    }
  };
  const noteControl = (element, name, number, live) => {
    if (name === "input") {
      noteInput(element, number, live);
    } else if (name === "option") {
      const selected = optionSelected(element);
      if (selected !== hasAttribute(element, "selected")) live.selected.push([number, selected]);
    } else if (name === "select") {
      // Markup cannot say that nothing is chosen: a list that drops down would show its first option.
      if (chosenPlace(element) === -1) live.values.push([number, ""]);
    } else if (name === "textarea" && !isPrivate(element, "")) {
      const value = areaValue(element);
      if (value !== areaDefault(element)) live.values.push([number, value]);
    }
  };

  // ---- shadow roots and frames -----------------------------------------------------------------------------------

  /** Chrome opens closed roots to extensions. Outside of one, such a host looks like any custom element. */
  const shadowRootOf = (element, { mayHost, isCustom }) => {
    if (!mayHost) return null;
    const open = openShadowRoot(element);
    if (open !== null || !isCustom) return open;
    const dom = globalThis.chrome?.dom;
    if (!dom?.openOrClosedShadowRoot) return null;
    try {
      return dom.openOrClosedShadowRoot(element) ?? null;
    } catch {
      return null;
    }
  };
  const withoutQuery = (address) => {
    try {
      const url = new URL(address);
      return url.origin === "null" ? url.protocol + url.pathname : url.origin + url.pathname;
    } catch {
      return "";
    }
  };
  /** Frames of trackers are a pixel or nothing; what a person cannot see need not be reported. */
  const isSizeable = (element) => innerWidth(element) > 2 && innerHeight(element) > 2;
  /** A tree inside a tree: how many trees it is in, and how many levels of elements are above it. */
  const below = ({ nesting }, { levels }) => ({ nesting: nesting + 1, levels });
  const noteFrame = (step, name, tree, at) => {
    const { element, number: host, appearance } = step;
    const inner = get(FRAMES[name], "contentDocument")(element);
    const root = inner && documentElement(inner);
    if (root) {
      const url = withoutQuery(get(Document, "URL")(inner));
      inside(tree, host, url, at, () => tree.frames.push({ host, url, tree: treeOf(root, below(at, step)) }));
    } else if (appearance === "seen" && isSizeable(element)) {
      const address = get(FRAMES[name], "src")(element);
      tree.unreachable.push({ host, what: "cross_origin_frame", name: withoutQuery(address) });
    }
  };
  const noteShadow = (step, kind, name, tree, at) => {
    const { element, number: host } = step;
    const root = shadowRootOf(element, kind);
    if (!root) return;
    const mode = get(ShadowRoot, "mode")(root);
    inside(tree, host, name, at, () => tree.shadows.push({ host, mode, tree: treeOf(root, below(at, step)) }));
  };
  /** Reads a tree inside a tree; what cannot be read there is reported, and the rest of the page still read. */
  const inside = (tree, host, name, { nesting }, read) => {
    if (nesting >= NESTING) {
      tree.unreachable.push({ host, what: "nested_too_deep", name });
      return;
    }
    try {
      read();
    } catch (error) {
      if (error instanceof Refusal) throw error;
      tree.unreachable.push({ host, what: "unreadable", name });
    }
  };

  // ---- trees -----------------------------------------------------------------------------------------------------

  /** What a name says of its elements, asked once for each name. */
  const kinds = new Map();
  const kindOf = (name) => {
    const known = kinds.get(name);
    if (known) return known;
    const isCustom = name.includes("-");
    const mayHost = isCustom || HOSTS.has(name);
    const kind = { isBodiless: BODILESS.has(name), isSpecial: SPECIAL.has(name), isCustom, mayHost };
    kinds.set(name, kind);
    return kind;
  };
  /** Notes every numbered element: a step knows the one above it. */
  const walk = (root, tree, at) => {
    const walker = Document.prototype.createTreeWalker.call(document, root, NodeFilter.SHOW_ELEMENT);
    const isElement = nodeType(root) === Node.ELEMENT_NODE;
    let step = null;
    let element = isElement ? root : walker.firstChild();
    for (let number = 0; element !== null; number += 1) {
      step = stepTo(element, number, step, at);
      tree.elements += 1;
      visitElement(step, tree, at);
      element = step.bodiless ? null : walker.firstChild();
      if (step.appearance === "seen" && !step.bodiless) noteStruck(step, element === null, tree.live);
      while (element === null && step !== null) {
        step = step.parent;
        if (isElement && step === null) return;
        element = walker.nextSibling();
        if (element === null) walker.parentNode();
      }
    }
  };
  const stepTo = (element, number, parent, at) => {
    const levels = (parent === null ? at.levels : parent.levels) + 1;
    if (levels > plan.limits.depth) throw new Refusal("depth", levels, plan.limits.depth);
    return { element, number, parent, levels, appearance: "seen", bodiless: false, struck: undefined };
  };
  const visitElement = (step, tree, at) => {
    spend("elements", 1);
    const { element, number, parent } = step;
    const name = localName(element);
    const inherited = parent === null ? "seen" : parent.appearance;
    step.appearance = noteAppearance(element, number, inherited, tree.live);
    const kind = kindOf(name);
    step.bodiless = kind.isBodiless;
    if (step.bodiless) return;
    if (kind.isSpecial && namespace(element) === XHTML) {
      if (name in FRAMES) noteFrame(step, name, tree, at);
      else noteControl(element, name, number, tree.live);
      if (name === "select") step.appearance = "as its parent";
    }
    noteShadow(step, kind, name, tree, at);
  };
  /** What the core passes over need not be sent. In this markup `<` and `>` stand around tags and in comments alone. */
  const withoutBallast = (markup) =>
    markup.replace(COMMENTS, "<!---->").replace(BODIES, "<$1$2> </$1>").replace(HANDLERS, "");
  const treeOf = (root, at) => {
    const live = { values: [], checked: [], selected: [], hidden: [], shown: [], struck: [] };
    const tree = { elements: 0, markup: "", live, shadows: [], frames: [], unreachable: [] };
    walk(root, tree, at);
    live.struck.sort((one, other) => one - other);
    tree.markup = withoutBallast(serializer.serializeToString(root));
    spend("bytes", tree.markup.length);
    return tree;
  };

  // ---- the root --------------------------------------------------------------------------------------------------

  const findRoot = () => {
    for (const { selector } of plan.roots) {
      try {
        const found = queryAll(document, selector);
        if (found.length === 1) return { element: found[0], selector };
      } catch {
        // Not a selector that this browser knows: the next one may be.
      }
    }
    return { element: get(Document, "body")(document) ?? documentElement(document), selector: null };
  };
  const pathTo = (element) => {
    const path = [];
    for (let node = parentNode(element); node && nodeType(node) === Node.ELEMENT_NODE; node = parentNode(node)) {
      const attributes = Array.from(attributesOf(node), ({ name, value }) => [name, value]);
      path.unshift({ name: localName(node), attributes: attributes.filter(([name]) => !/^(on|style$)/.test(name)) });
    }
    return path;
  };

  const scripts = Array.from(named(document, "script"), (element) => ({ element, type: attribute(element, "type") }));

  // ---- the document's own words ----------------------------------------------------------------------------------

  const metaOf = (element) => {
    const entry = { content: (attribute(element, "content") ?? "").slice(0, LONGEST_META) };
    for (const key of ["name", "property"]) {
      const value = attribute(element, key);
      if (value) entry[key] = value;
    }
    return entry;
  };
  const isPublic = ({ name = "", property = "" }) => !SECRET.test(name) && !SECRET.test(property);
  const metas = () => {
    const metas = Array.from(named(document, "meta"));
    const spoken = metas.filter((meta) => hasAttribute(meta, "name") || hasAttribute(meta, "property"));
    return spoken.map(metaOf).filter(isPublic);
  };
  const jsonLd = () => {
    const isJsonLd = ({ type }) => type?.toLowerCase() === "application/ld+json";
    const texts = scripts.filter(isJsonLd).map(({ element }) => textContent(element));
    for (const text of texts) spend("bytes", text.length);
    return texts;
  };
  const isCanonical = (link) => /(^|\s)canonical(\s|$)/i.test(attribute(link, "rel") ?? "") && hasAttribute(link, "href");
  const canonical = () => {
    const link = Array.from(named(document, "link")).find(isCanonical);
    try {
      return link ? new URL(attribute(link, "href"), get(Node, "baseURI")(link)).href : null;
    } catch {
      return null;
    }
  };

  // ---- inline state ----------------------------------------------------------------------------------------------

  /** What has a meaning in a regular expression. */
  const SYNTAX = /[.*+?^${}()|[\]\\]/g;
  /** How much text may be looked at for brackets, so that a script full of beginnings costs little. */
  let patience = plan.limits.bytes;
  /** The JSON text that starts at a bracket, by counting brackets outside of strings; null where it never ends. */
  const balancedFrom = (text, start) => {
    if (patience <= 0) return null;
    const token = /["\\{}[\]]/g;
    token.lastIndex = start;
    let depth = 0;
    let quoted = false;
    for (let match = token.exec(text); match; match = token.exec(text)) {
      const [character] = match;
      if (character === "\\") token.lastIndex += 1;
      else if (character === '"') quoted = !quoted;
      else if (!quoted) depth += "{[".includes(character) ? 1 : -1;
      if (depth > 0) continue;
      patience -= token.lastIndex - start;
      return text.slice(start, token.lastIndex);
    }
    patience -= text.length - start;
    return null;
  };
  const isJson = (text) => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  /** `name = {`, `window.name = [`, `window["name"] = {`, `name.push({`, `"name", {`, each up to the bracket. */
  const assignmentOf = (name) => {
    const literal = name.replace(SYNTAX, "\\$&");
    const target = `(?:(?:window|self|globalThis)\\s*(?:\\.\\s*|\\[\\s*["']))?${literal}(?:["']\\s*\\])?`;
    const assignment = `(?:^|[^\\w$.])${target}\\s*(?:=|\\.push\\s*\\()`;
    return new RegExp(`(?:${assignment}|["']${literal}["']\\s*,)\\s*(?=[{[])`, "g");
  };
  const assigned = (name, text) => {
    if (!text.includes(name)) return [];
    const places = Array.from(text.matchAll(assignmentOf(name)), (match) => match.index + match[0].length);
    return places.map((start) => balancedFrom(text, start)).filter((json) => json !== null && isJson(json));
  };
  /** What stands between the commas of an object or a list. */
  const partsOf = (json) => {
    const token = /"(?:[^"\\]+|\\.)*"|[{}[\],]/g;
    const parts = [];
    let depth = 0;
    let start = 1;
    for (const { 0: text, index } of json.matchAll(token)) {
      if (text === "{" || text === "[") depth += 1;
      else if (text === "}" || text === "]") depth -= 1;
      if (depth > (text === "," ? 1 : 0)) continue;
      parts.push(json.slice(start, index).trim());
      start = index + 1;
    }
    return parts;
  };
  /** The same JSON with these properties alone; numbers keep their digits. */
  const kept = (json, names) => {
    if (json.startsWith("[")) {
      const objects = partsOf(json).filter((part) => part.startsWith("{"));
      return `[${objects.map((part) => kept(part, names)).join(",")}]`;
    }
    const nameOf = (part) => part.match(/^"(?:[^"\\]+|\\.)*"/)?.[0] ?? '""';
    return `{${partsOf(json).filter((part) => names.includes(JSON.parse(nameOf(part)))).join(",")}}`;
  };
  const jsonsOf = (name, { id, type, text }) => {
    if (text.length > plan.limits.state * 4) return [];
    if (id !== name && type !== name) return assigned(name, text);
    return isJson(text) ? [text.trim()] : assigned(name, text);
  };
  /** The scripts that name anything of the plan: of the hundreds of a page a few. */
  const namingScripts = () => {
    const names = plan.state.map(({ name }) => name);
    const naming = new RegExp(names.map((name) => name.replace(SYNTAX, "\\$&")).join("|"));
    const inline = scripts.filter(({ element }) => !hasAttribute(element, "src"));
    const read = inline.map(({ element, type }) => ({ id: attribute(element, "id"), type, text: textContent(element) }));
    return read.filter(({ id, type, text }) => naming.test(text) || names.includes(id) || names.includes(type));
  };
  const inlineState = () => {
    if (plan.state.length === 0) return [];
    const naming = namingScripts();
    const found = [];
    let room = plan.limits.state;
    for (const { name, keep = [], holding = [] } of plan.state) {
      for (const script of naming) {
        const full = script.type === name && /^[\w-]{1,64}$/.test(script.id ?? "") ? `${name}#${script.id}` : name;
        for (const text of jsonsOf(name, script)) {
          if (holding.length > 0 && !holding.some((part) => text.includes(part))) continue;
          const json = keep.length > 0 ? kept(text, keep) : text;
          if (json.length > room) continue;
          room -= json.length;
          found.push({ name: full, json });
        }
      }
    }
    return found;
  };

  const write = () => {
    const { element, selector } = findRoot();
    if (!element) throw new Refusal("document", 0, 1);
    return {
      format: FORMAT,
      title: get(Document, "title")(document),
      lang: attribute(documentElement(document), "lang"),
      meta: metas(),
      canonical: canonical(),
      json_ld: jsonLd(),
      state: inlineState(),
      root: { selector, path: pathTo(element) },
      tree: treeOf(element, { nesting: 0, levels: 0 }),
    };
  };
  try {
    return write();
  } catch (error) {
    const refused = error instanceof Refusal ? error.refused : { limit: "document", found: 0, allowed: 1 };
    return { format: FORMAT, refused };
  }
}
