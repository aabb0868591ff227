// As much of the wasm binary format as it takes to move functions: https://webassembly.github.io/spec/core/binary/

const SECTION = { import: 2, function: 3, global: 6, export: 7, start: 8, element: 9, code: 10 };

class Cursor {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }
  byte() {
    return this.bytes[this.at++];
  }
  /** An unsigned LEB128 number; of a signed or longer one, only where it ends counts. */
  number() {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = this.byte();
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  }
  skip(count) {
    this.at += count;
  }
  slice(length) {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
  sized() {
    return this.slice(this.number());
  }
}

function leb(number) {
  const bytes = [];
  do {
    bytes.push((number & 127) | (number > 127 ? 128 : 0));
    number = Math.floor(number / 128);
  } while (number > 0);
  return Buffer.from(bytes);
}

const withSize = (bytes) => Buffer.concat([leb(bytes.length), bytes]);
const times = (count, act) => Array.from({ length: count }, act);

/** The sections of a module, and out of them how many functions are imported and what the others are. */
export function read(bytes) {
  const cursor = new Cursor(bytes, 8);
  const sections = [];
  while (cursor.at < bytes.length) sections.push({ id: cursor.byte(), content: cursor.sized() });
  const content = (id) => sections.find((section) => section.id === id)?.content;
  const types = new Cursor(content(SECTION.function));
  const code = new Cursor(content(SECTION.code));
  return {
    head: bytes.subarray(0, 8),
    sections,
    imported: importedFunctions(content(SECTION.import)),
    types: times(types.number(), () => types.number()),
    bodies: times(code.number(), () => code.sized()),
  };
}

function importedFunctions(content) {
  const cursor = new Cursor(content ?? Buffer.from([0]));
  const limits = () => {
    const flags = cursor.byte();
    cursor.number();
    if (flags & 1) cursor.number();
  };
  const kinds = times(cursor.number(), () => {
    cursor.sized();
    cursor.sized();
    const kind = cursor.byte();
    if (kind === 0) cursor.number();
    else if (kind === 1) (cursor.skip(1), limits());
    else if (kind === 2) limits();
    else if (kind === 3) cursor.skip(2);
    else throw new Error(`an import of kind ${kind} is not known`);
    return kind;
  });
  return kinds.filter((kind) => kind === 0).length;
}

/** The module with its functions in another order: `order` says which comes at each place. */
export function moved(module, order) {
  const places = new Map(order.map((index, place) => [module.imported + index, module.imported + place]));
  const renamed = (index) => places.get(index) ?? index;
  const rewritten = {
    [SECTION.function]: () => vector(order.map((index) => leb(module.types[index]))),
    [SECTION.code]: () => vector(order.map((index) => withSize(bodyOf(module.bodies[index], renamed)))),
    [SECTION.global]: (content) => globals(content, renamed),
    [SECTION.export]: (content) => exports(content, renamed),
    [SECTION.start]: (content) => leb(renamed(new Cursor(content).number())),
    [SECTION.element]: (content) => elements(content, renamed),
  };
  const sections = module.sections.map(({ id, content }) => {
    return Buffer.concat([Buffer.from([id]), withSize(rewritten[id]?.(content) ?? content)]);
  });
  return Buffer.concat([module.head, ...sections]);
}

const vector = (items) => Buffer.concat([leb(items.length), ...items]);

/** Copies what a reader passes over, but for the numbers that it says name functions. */
class Copy {
  constructor(bytes, renamed) {
    this.cursor = new Cursor(bytes);
    this.renamed = renamed;
    this.parts = [];
    this.copied = 0;
  }
  functionIndex() {
    const start = this.cursor.at;
    const index = this.cursor.number();
    this.parts.push(this.cursor.bytes.subarray(this.copied, start), leb(this.renamed(index)));
    this.copied = this.cursor.at;
  }
  finish() {
    return Buffer.concat([...this.parts, this.cursor.bytes.subarray(this.copied)]);
  }
}

function exports(content, renamed) {
  const copy = new Copy(content, renamed);
  times(copy.cursor.number(), () => {
    copy.cursor.sized();
    if (copy.cursor.byte() === 0) copy.functionIndex();
    else copy.cursor.number();
  });
  return copy.finish();
}

function globals(content, renamed) {
  const copy = new Copy(content, renamed);
  times(copy.cursor.number(), () => {
    copy.cursor.skip(2);
    expression(copy);
  });
  return copy.finish();
}

function elements(content, renamed) {
  const copy = new Copy(content, renamed);
  const { cursor } = copy;
  times(cursor.number(), () => {
    const flags = cursor.number();
    const [isPassive, isExplicit, hasExpressions] = [flags & 1, flags & 2, flags & 4];
    if (!isPassive && isExplicit) cursor.number();
    if (!isPassive) expression(copy);
    if (isPassive || isExplicit) cursor.skip(1);
    times(cursor.number(), () => (hasExpressions ? expression(copy) : copy.functionIndex()));
  });
  return copy.finish();
}

function bodyOf(body, renamed) {
  const copy = new Copy(body, renamed);
  times(copy.cursor.number(), () => {
    copy.cursor.number();
    copy.cursor.skip(1);
  });
  while (copy.cursor.at < body.length) instruction(copy);
  return copy.finish();
}

function expression(copy) {
  while (instruction(copy) !== 0x0b);
}

/** How many numbers follow an instruction. */
const NUMBERS = new Map([
  ...[0x02, 0x03, 0x04, 0x0c, 0x0d, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x3f, 0x40, 0x41, 0x42, 0xd0].map((code) => [code, 1]),
  ...[0x11, ...times(0x3e - 0x28 + 1, (_, index) => 0x28 + index)].map((code) => [code, 2]),
]);
/** The same after 0xfc: saturating conversions, bulk memory, tables. */
const NUMBERS_AFTER_FC = [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1];
/** Instructions without anything after them. */
const isBare = (code) =>
  code <= 0x01 || code === 0x05 || code === 0x0b || code === 0x0f || code === 0x1a || code === 0x1b || (code >= 0x45 && code <= 0xc4) || code === 0xd1;

function instruction(copy) {
  const { cursor } = copy;
  const code = cursor.byte();
  if (code === 0x10 || code === 0x12 || code === 0xd2) copy.functionIndex();
  else if (code === 0x0e) times(cursor.number() + 1, () => cursor.number());
  else if (code === 0x1c) times(cursor.number(), () => cursor.skip(1));
  else if (code === 0x43) cursor.skip(4);
  else if (code === 0x44) cursor.skip(8);
  else if (code === 0xfc) times(NUMBERS_AFTER_FC[cursor.number()], () => cursor.number());
  else if (NUMBERS.has(code)) times(NUMBERS.get(code), () => cursor.number());
  else if (!isBare(code)) throw new Error(`the instruction 0x${code.toString(16)} is not known`);
  return code;
}
