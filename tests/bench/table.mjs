// The results as the document says them.

const sorted = (numbers) => [...numbers].sort((one, other) => one - other);
const median = (numbers) => {
  const ordered = sorted(numbers);
  const middle = Math.floor(ordered.length / 2);
  return ordered.length % 2 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2;
};
const of = (rounds, name) => median(rounds.map((round) => round[name]));
const ms = (number) => number.toFixed(number < 10 ? 1 : 0);
const ratio = (number) => number.toFixed(2);
/** The median of the rounds' own ratios: each round's parts met the same machine. */
const against = (rounds, part) => median(rounds.map((round) => round[part] / round.parser));

const row = ({ root, lines, html, cold, rounds }) => [
  root, lines, (html / 1e6).toFixed(1), of(rounds, "bytes") / 1e6 < 10 ? (of(rounds, "bytes") / 1e6).toFixed(2) : "",
  ms(of(rounds, "snapshot")), ms(of(rounds, "hop")), ms(of(rounds, "core")), ms(of(rounds, "whole")),
  ms(of(rounds, "parser")), ms(of(rounds, "live")),
  ratio(against(rounds, "whole")), ratio(against(rounds, "core")),
  ms(cold.whole), ratio(cold.whole / of(rounds, "whole")), ms(cold.start), rounds[0].reader, rounds[0].verdict,
];
const HEAD = ["root", "lines", "page MB", "snapshot MB", "snapshot and hop ms", "to text ms", "core ms", "whole ms", "DOMParser ms", "live DOM ms", "whole ÷ DOMParser", "core ÷ DOMParser", "cold ms", "cold ÷ warm", "start ms", "reader", "verdict"];

const tableRow = (cells) => `| ${cells.join(" | ")} |`;

export const tableOf = (results) => [tableRow(HEAD), tableRow(HEAD.map(() => "---:")), ...results.map((result) => tableRow(row(result)))].join("\n");

const GOALS = { whole: 0.45, core: 0.15, cold: 2 };

function verdictOf(results) {
  const goal = results.find(({ root, lines, html }) => root === "known" && lines === 500 && html > 5e6);
  if (!goal) return "The goals are about 500 lines on 6 MB; this run has no such page.";
  const found = { whole: against(goal.rounds, "whole"), core: against(goal.rounds, "core"), cold: goal.cold.whole / of(goal.rounds, "whole") };
  const said = (name, words) => `- ${words}: goal ≤ ${GOALS[name]}, measured ${ratio(found[name])}: ${found[name] <= GOALS[name] ? "met" : "**not met**"}.`;
  return [said("whole", "whole way ÷ DOMParser, warm"), said("core", "core alone ÷ DOMParser, warm"), said("cold", "first click of a new worker ÷ warm")].join("\n");
}

export const documentOf = (results, { rounds }) => `# Performance

Written by \`./build.sh bench chromium\`; nothing in it is typed by hand. ${rounds} rounds a page, medians. Each round clicks, then
has the browser's own DOMParser read the page's source, then asks the live document, both with the same selectors
(\`tests/bench/in_page.mjs\`), so that what else the machine does meets all three. Ratios are medians of the rounds' ratios;
milliseconds of different rows are not comparable where the machine was shared.

- **root**: \`known\` where the definition names the cart's element and only that is taken; \`unknown\` where the whole body is.
- **whole**: from the click to the moment when the panel can show the lines; snapshot, hop, core, storing.
- **core**: from the snapshot's text to the state to be stored, in WebAssembly. **start**: a stopped worker until its core runs.
- **cold**: the first click of a new worker, without its start.

## Goals, at 500 lines and 6 MB

${verdictOf(results)}

## Measured

${tableOf(results)}

## Instructions

\`./build.sh bench count\` counts the instructions from a snapshot's text to the cart under callgrind, and holds them within 5 % of
\`tests/bench/instructions.txt\`. The same command reads hostile pages and fails where one takes more than a second.
`;
