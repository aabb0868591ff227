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

export const documentOf = (results) => `${tableOf(results)}\n`;
