// manifest.json for one deployment: the hosts that the extension may talk to are exactly the deployment's.
//
// usage: node scripts/manifest.mjs manifest.json deployment.json > dist/manifest.json
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The manifest with the host permissions and the content security policy of a deployment. */
export function manifestFor(manifest, deployment) {
  const addresses = [
    deployment.token_endpoint,
    deployment.business_central.base,
    ...(deployment.credits ? [deployment.credits.base] : []),
  ];
  // The token endpoint has a place for the tenant in its path; its origin has none.
  const origins = [...new Set(addresses.map((address) => new URL(address.replaceAll("{tenant}", "tenant")).origin))];
  return {
    ...manifest,
    host_permissions: [...new Set(origins.map(matchPattern))],
    content_security_policy: { extension_pages: contentSecurityPolicy(origins) },
  };
}

// A match pattern matches every port of its host; the content security policy names the port.
function matchPattern(origin) {
  const { protocol, hostname } = new URL(origin);
  return `${protocol}//${hostname}/*`;
}

function contentSecurityPolicy(origins) {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self' ${origins.join(" ")}`,
    "form-action 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [manifest, deployment] = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, "utf8")));
  process.stdout.write(`${JSON.stringify(manifestFor(manifest, deployment), null, 2)}\n`);
}
