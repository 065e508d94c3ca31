import { namedPage } from './named-page.js'

const ID = '01931f3e-0000-7000-8000-000000000101'
const NO_ID = 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa'

describe('namedPage', () => {
  it.each([
    ['/', { kind: 'home', key: '/' }],
    ['/explore?tag=sea&cursor=x', { kind: 'explore', key: '/explore' }],
    ['/explore/', { kind: 'explore', key: '/explore' }],
    [`/photos/${ID.toUpperCase()}#comments`, { kind: 'photo', photoId: ID }],
    [`/profiles/${ID}`, { kind: 'profile', profileId: ID }],
    ['/%40Ada%5F1?utm=x', { kind: 'profile', handle: 'Ada_1' }],
    ['/expl%6Fre', { kind: 'explore', key: '/explore' }],
    [`/photos/%30${ID.slice(1)}`, { kind: 'photo', photoId: ID }],
    ['/@Ada_1?utm=x', { kind: 'profile', handle: 'Ada_1' }],
    ['/policies/privacy', { kind: 'policy', key: '/policies/privacy' }],
  ])('%s', (path, page) => expect(namedPage(path)).toEqual(page))

  it.each([
    '',
    'explore',
    '//evil.example/explore',
    'https://evil.example/',
    '/photos/1',
    '/verify-email?token=secret',
    '/unsubscribe/secret',
    '/constructor',
    '/__proto__',
    '/@',
    '/%2540ada',
    '/policies%2Fprivacy',
    '/explore%3Fx',
    '/@%ff',
    '/@%',
    '/@../x',
    `/photos/${ID}/large`,
    `/photos/${NO_ID}`,
    `/profiles/${NO_ID}`,
    `/@${'a'.repeat(31)}`,
  ])('%s is no page', (path) => expect(namedPage(path)).toBeNull())
})
