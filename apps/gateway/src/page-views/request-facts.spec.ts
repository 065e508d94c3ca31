import { Countries } from '../clients/countries.js'
import { ipPrefix } from '../clients/ip-prefix.js'
import { preferredLanguageOf } from './language.js'
import { loadKindOf } from './load-kind.js'
import { referrerHostOf } from './referrer-host.js'
import { UserAgents } from './user-agent.js'

describe('what a request says about a view', () => {
  it.each([
    ['192.0.2.77', '192.0.2.0/24'],
    ['::ffff:192.0.2.77', '192.0.2.0/24'],
    ['2001:db8:aaaa:bbbb:cccc::1', '2001:db8:aaaa::/48'],
    ['fe80::1%eth0', 'fe80::/48'],
    ['not an address', null],
  ])('B12 shortens %s', (address, prefix) => expect(ipPrefix(address)).toBe(prefix))

  it.each([
    [{ 'sec-purpose': 'prefetch;prerender' }, 'prerender'],
    [{ 'sec-purpose': 'prefetch' }, 'prefetch'],
    [{ purpose: 'prefetch' }, 'prefetch'],
    [{ 'x-moz': 'prefetch' }, 'prefetch'],
    [{ 'x-purpose': 'preview' }, 'preview'],
    [{}, 'navigation'],
  ])('B18 %j', (headers, kind) => expect(loadKindOf(headers)).toBe(kind))

  it.each([
    ['https://search.example/?q=my+name', 'search.example'],
    ['https://bücher.example/', 'xn--bcher-kva.example'],
    ['http://jane@search.example:8443/', 'search.example'],
    ['http://203.0.113.7/', null],
    ['http://[2001:db8::7]/', null],
    ['http://janes-laptop/', null],
    ['http://jane_doe.example/', null],
    ['http://localhost:8080/explore', null],
    ['javascript:alert(1)', null],
    ['android-app://com.example', null],
    ['', null],
  ])('keeps the host of %s', (referrer, host) => expect(referrerHostOf(referrer, 'localhost:8080')).toBe(host))

  it.each([
    ['de-CH,de;q=0.9,en;q=0.8', 'de'],
    ['en;q=0.5, fr-FR', 'fr'],
    ['xq-YZ, jan;q=0.9', null],
    ['gsw, de;q=0.5', 'gsw'],
    ['*', null],
    ['en;q=0', null],
    [undefined, null],
  ])('language of %s', (header, language) => expect(preferredLanguageOf(header)).toBe(language))

  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 'Firefox', 'desktop', false, false],
    ['Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/120.0 Safari/537.36', 'Chrome', 'desktop', true, false],
    ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'Googlebot', 'other', true, false],
    [
      'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
      'FacebookExternalHit',
      'other',
      true,
      false,
    ],
    ['okhttp/4.12.0', null, 'other', true, true],
    ['jane@example.org MyApp/1.0 Foo/2.0 x', null, 'other', true, false],
    ['Jane Doe +00000000000/1 (x) y', null, 'other', false, false],
    ['Lynx/2.8.9rel.1 libwww-FM/2.14 SSL-MM/1.4.1', null, 'other', false, true],
    ['MyApp/1 CFNetwork/1408 Darwin/22', null, 'other', false, true],
    ['', null, 'other', true, true],
  ])('B18 %s', (header, browser, device, bot, program) => {
    const facts = new UserAgents().factsOf(header)
    expect({ device: facts.device, bot: facts.bot, program: facts.program }).toEqual({ device, bot, program })
    expect(facts.browser).toBe(browser)
  })

  it('knows the country of a prefix, in little memory', async () => {
    const countries = new Countries()
    expect(await countries.of('193.0.6.0/24')).toBe('NL')
    expect(await countries.of('8.8.8.0/24')).toBe('US')
    expect(await countries.of('2001:67c:2e8::/48')).toBe('NL')
    expect(await countries.of('127.0.0.0/24')).toBeNull()
    expect(await countries.of(null)).toBeNull()
  })
})
