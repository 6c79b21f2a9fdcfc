import { createHash } from 'node:crypto';
import { agencies } from '#schema';
import type { PageSettings } from './browser/settings.ts';
import type { Manifest } from './bundle.ts';

/**
 * Scripts, workers and requests from this origin only, no inline script and no `eval`. Monaco writes style elements
 * and style attributes, and its fonts and icons are data addresses in its stylesheet. CSP Level 3.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  'font-src data:',
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Text inside a `script` element ends at the first `</script`; JSON may write `<` as an escape. */
function toScriptText(settings: PageSettings): string {
  return JSON.stringify(settings).replaceAll('<', '\\u003c');
}

const icon =
  'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 16 16%22%3E%3Crect width=%2216%22 height=%2216%22 rx=%223%22 fill=%22%238f1d21%22/%3E%3Cpath d=%22M8 3l1.2 3.4h3.6l-2.9 2.2 1.1 3.5L8 10l-3 2.1 1.1-3.5-2.9-2.2h3.6z%22 fill=%22%23ffd34d%22/%3E%3C/svg%3E';

const signedIn =
  ' You are signed in as a made-up citizen: the access token stands under Headers, and another one may take its place.';

/** The page's HTML; `base` is the path under which the bundle's files are served. */
export function renderPage(manifest: Manifest, base: string, settings: PageSettings): string {
  const preload = manifest.preload.map((file) => `<link rel="modulepreload" href="${base}${file}">`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Citizen data of Việt Nam: the graph explorer</title>
<link rel="icon" href="${icon}">
<link rel="stylesheet" href="${base}${manifest.style}">
${preload.join('\n')}
</head>
<body>
<header class="about">
<h1>Citizen data of Việt Nam</h1>
<p>One query, ${agencies.length} agencies. Press Run (▶) for a citizen’s profile; the documentation on the left says what each field means and which agency holds it.${settings.tokenPath === null ? '' : signedIn}</p>
</header>
<div id="explorer"><p>The explorer is loading.</p><noscript><p>The explorer needs JavaScript. Without it, send POST requests to ${settings.endpoint}.</p></noscript></div>
<script type="application/json" id="settings">${toScriptText(settings)}</script>
<script type="module" src="${base}${manifest.script}"></script>
</body>
</html>
`;
}

export function etagOf(text: string): string {
  return `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
}
