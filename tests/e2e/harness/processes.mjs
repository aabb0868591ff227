// Starts the project's own servers as a person would: by their command lines.
import { spawn, execFileSync } from "node:child_process";
import { join } from "node:path";
import { BC, CREDITS, TENANT } from "./authority.mjs";

const BIN = process.env.PUNCHOUT_BIN ?? new URL("../../../target/debug", import.meta.url).pathname;

/** Starts a server and waits until it says where it listens. */
function start(name, args, announcements) {
  const child = spawn(join(BIN, name), args, { stdio: ["ignore", "pipe", "pipe"] });
  const said = { out: "", err: "" };
  child.stderr.on("data", (text) => (said.err += text));
  const addresses = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${name} ended with ${code}:\n${said.out}${said.err}`)));
    child.stdout.on("data", (text) => {
      said.out += text;
      const found = announcements.map((words) => said.out.match(new RegExp(`${words} (http://\\S+)`))?.[1]);
      if (found.every(Boolean)) resolve(found);
    });
  });
  const stop = () =>
    new Promise((done) => {
      if (child.exitCode !== null) return done();
      child.once("exit", done);
      child.kill("SIGTERM");
    });
  return { addresses, stop, said };
}

/** Business Central's stand-in, with its data in memory. */
export async function startBusinessCentral(issuer, folder) {
  const server = start(
    "bc-standin",
    [
      ...["serve", "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0"],
      ...["--database", `sqlite://${join(folder, "bc.sqlite")}`],
      ...["--issuer", issuer, "--audience", BC.audience],
      ...["--base-path", "/v2.0", "--environment", "production"],
    ],
    ["listening on", "admin on"],
  );
  const [address, admin] = await server.addresses;
  const ask = async (method, path, body) => {
    const response = await fetch(`${admin}${path}`, {
      method,
      headers: body ? { "content-type": "application/json" } : {},
      body: body && JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    const text = await response.text();
    return text ? JSON.parse(text) : undefined;
  };
  return {
    address,
    admin: ask,
    stop: server.stop,
    said: server.said,
    lines: () => ask("GET", "/requisition-lines"),
    captures: () => ask("GET", "/captures"),
    table: () => execFileSync(join(BIN, "bc-standin"), ["lines", "--database", `sqlite://${join(folder, "bc.sqlite")}`], { encoding: "utf8" }),
  };
}

/** The credit service with some credits for the tenant. */
export async function startCreditService(issuer, folder, credits) {
  const database = ["--database", `sqlite://${join(folder, "credits.sqlite")}`];
  const run = (...args) => execFileSync(join(BIN, "credit-service"), [...args, ...database], { encoding: "utf8" });
  if (credits > 0) run("grant", "--account", TENANT, "--credits", String(credits), "--reason", "test");
  const server = start(
    "credit-service",
    ["serve", "--listen", "127.0.0.1:0", "--issuer", issuer, "--audience", CREDITS.audience, ...database],
    ["listening on"],
  );
  const [address] = await server.addresses;
  return { address, stop: server.stop, said: server.said, balance: () => JSON.parse(run("balance", "--account", TENANT)) };
}
