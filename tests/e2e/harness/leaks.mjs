// Looks for a cart in bytes, however they are encoded.
//
// What is sent is read in every way that a program would: as it is, percent-decoded, with JSON's and HTML's escapes undone,
// as base64, base64url and hexadecimal, and each of these inside the others. In each reading are looked for
// - of texts, any six characters of them, as they are, in small and in capital letters;
// - of texts shorter than six characters, the whole between characters that are no letters or digits;
// - of amounts, the number with its decimals, with point or comma, with or without marks between thousands, and in
//   hundredths from six digits on. A number counts only where no digit, letter, point or comma stands against it, and only in
//   readings that are text: four digits within a version, a time, a port or a key's random bytes say nothing.
// Quantities and numbers of lines are not looked for: they are too short to be told from others.

const FRAGMENT = 6;
const DEPTH = 3;
const MOST_READINGS = 4000;

/** What is found of `cart` in `entries`: for each kind of find the receiver, the request and what was found. */
export function leaks(entries, cart) {
  const texts = cart.texts.flatMap((text) => [text, text.normalize("NFKC")]);
  const wanted = [...new Set(texts.flatMap(spellings))];
  const amounts = cart.amounts.flatMap(numbers);
  return entries.flatMap(({ to, line, bytes }) => {
    const found = new Set();
    for (const reading of readings(bytes)) {
      for (const text of wanted) if (reading.includes(text)) found.add(text);
      if (!isText(reading)) continue;
      for (const number of amounts) if (number.test(reading)) found.add(number.source);
      for (const text of cart.texts) if (text.length < FRAGMENT && word(text).test(reading)) found.add(text);
    }
    return [...found].map((what) => ({ to, line, what }));
  });
}

function spellings(text) {
  return fragments(text).flatMap((fragment) => [fragment, fragment.toLowerCase(), fragment.toUpperCase()]);
}

/** Every six characters of a text that are next to each other. */
function fragments(text) {
  const count = Math.max(0, text.length - FRAGMENT + 1);
  return Array.from({ length: count }, (_, start) => text.slice(start, start + FRAGMENT));
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
const between = (pattern) => new RegExp(`(?<![\\p{L}\\p{N}.,])${pattern}(?![\\p{L}\\p{N}]|[.,]\\p{N})`, "u");
const word = (text) => between(escaped(text));

/** Ways to write an amount that is given in hundredths. */
function numbers(hundredths) {
  const digits = String(hundredths).padStart(3, "0");
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, "[.,'’\\s]?");
  const decimals = digits.slice(-2);
  const ways = [between(`${whole}[.,]${decimals}0*`)];
  if (decimals.endsWith("0") && decimals !== "00" && digits.length > 3) ways.push(between(`${whole}[.,]${decimals[0]}`));
  if (digits.length >= FRAGMENT) ways.push(between(digits));
  return ways;
}

/** All readings of some bytes. */
export function readings(bytes) {
  const known = new Set([bytes.toString("utf8"), bytes.toString("latin1")]);
  let newest = [...known];
  for (let depth = 0; depth < DEPTH && known.size < MOST_READINGS; depth += 1) {
    // Of random bytes nothing is made that anybody could read.
    newest = newest.filter(isText).flatMap(decoded).filter((text) => !known.has(text));
    for (const text of newest) known.add(text);
  }
  return known;
}

function decoded(text) {
  return [...unescaped(text), ...unpacked(text)].map((reading) => reading.normalize("NFKC"));
}

function unescaped(text) {
  const byNumber = (radix) => (_, digits) => String.fromCodePoint(Math.min(Number.parseInt(digits, radix), 0x10ffff));
  const named = { amp: "&", quot: '"', lt: "<", gt: ">", apos: "'", nbsp: " " };
  return [
    percentDecoded(text),
    percentDecoded(text.replaceAll("+", " ")),
    text.replace(/\\u([0-9a-f]{4})/gi, byNumber(16)).replace(/\\(["\\/])/g, "$1"),
    text.replace(/&#x([0-9a-f]{1,6});/gi, byNumber(16)).replace(/&#(\d{1,7});/g, byNumber(10)).replace(/&(\w+);/g, (all, name) => named[name] ?? all),
    text.replaceAll("\0", ""),
  ];
}

/** Runs of percent signs as UTF-8; what is none stays as it is. */
function percentDecoded(text) {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll("%", ""), "hex").toString("utf8"));
}

/** Base64 may begin anywhere in a run of its letters, so each of four beginnings is tried. */
function unpacked(text) {
  const base64 = [...text.matchAll(/[\w+/-]{8,}/g)].flatMap(([run]) => [0, 1, 2, 3].map((from) => Buffer.from(run.slice(from), "base64")));
  const hexadecimal = [...text.matchAll(/[0-9a-f]{12,}/gi)].flatMap(([run]) => [0, 1].map((from) => Buffer.from(run.slice(from), "hex")));
  return [...base64, ...hexadecimal].map((bytes) => bytes.toString("utf8"));
}

function isText(reading) {
  return !/[\u0001-\u0008\u000e-\u001f\ufffd]/.test(reading);
}
