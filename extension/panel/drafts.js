// What the buyer has put into a control and the core does not yet say. It is shown instead of the core's value until
// both agree, so that a view that arrives while somebody types or chooses takes nothing away. While a draft differs
// from the core's value the cart cannot be sent.

const drafts = new Map();
let subject;

/** Drafts belong to one review; another one begins without. */
export function about(newSubject) {
  if (newSubject !== subject) drafts.clear();
  subject = newSubject;
}

/** The draft of a control, or what the core says. */
export function drafted(field, said) {
  return drafts.has(field) ? drafts.get(field) : said;
}

/** Remembers what was put in. */
export function keep(field, value) {
  drafts.set(field, value);
}

/** The core says the same, or the buyer left the control. */
export function forget(field) {
  drafts.delete(field);
}

/** The first control that still differs of those whose ids begin so. */
export const begun = (prefix) => [...drafts.keys()].find((field) => field.startsWith(prefix));

/** Whether one of the controls still differs. */
export const differs = (fields) => fields.some((field) => drafts.has(field));
