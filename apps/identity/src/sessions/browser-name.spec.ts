import { browserName } from './browser-name.js'

it.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
    'Chrome on Windows',
  ],
  ['mpics-app/3.1', 'mpics-app'],
  ['Mozilla/5.0', 'Unknown browser'],
  ['<script>', 'Unknown browser'],
  [undefined, 'Unknown browser'],
])('%s → %s', (userAgent, name) => expect(browserName(userAgent)).toBe(name))
