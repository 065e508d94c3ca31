import { isCrossSite } from './cross-site.js'

const site = { publicUrl: 'https://pics.example', corsOrigins: ['https://app.example'] }

describe('isCrossSite', () => {
  it.each([
    [{}, false],
    [{ 'sec-fetch-site': 'same-origin' }, false],
    [{ 'sec-fetch-site': 'none' }, false],
    [{ 'sec-fetch-site': 'same-site' }, true],
    [{ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, true],
    [{ origin: 'https://pics.example' }, false],
    [{ origin: 'http://127.0.0.1:8080', host: '127.0.0.1:8080' }, false],
    [{ origin: 'https://evil.example', host: 'pics.example' }, true],
    [{ origin: 'null', host: 'pics.example' }, true],
    [{ origin: 'https://app.example', 'sec-fetch-site': 'cross-site' }, false],
    [{ origin: 'https://app.example', 'sec-fetch-site': 'cross-site', cookie: 'mprefresh=1' }, true],
  ])('%j: %s', (headers, crossSite) => expect(isCrossSite(headers, site)).toBe(crossSite))
})
