import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
];

/** No name outside this machine resolves, so a page that calls one fails, whatever the network. */
const quietArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** Without a browser the tests are skipped, loudly; with `REQUIRE_CHROMIUM=1` (`.ci/run`) they fail instead. */
export const isChromiumRequired = process.env['REQUIRE_CHROMIUM'] === '1';

/** Path of a Chromium on this machine, `CHROMIUM_PATH` first. */
export function findChromium(): string | undefined {
  const named = process.env['CHROMIUM_PATH'];
  return named ? named : places.find((place) => existsSync(place));
}

export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw new Error('No Chromium was found. Install it (apt-get install chromium) or set CHROMIUM_PATH.');
  return chromium.launch({ executablePath, args: quietArguments });
}
