import { cookieName, cookieValue, setCookie } from './cookies.js'

const plain = { name: 'mptest', path: '/v1/x', secure: false }
const secure = { ...plain, secure: true }

it('names a cookie by what its browser must hold it to', () => {
  expect([plain, secure, { ...secure, path: '/' }].map(cookieName)).toEqual([
    'mptest',
    '__Secure-mptest',
    '__Host-mptest',
  ])
  expect(setCookie(secure, 'abc', 60)).toBe(
    '__Secure-mptest=abc; Max-Age=60; Path=/v1/x; HttpOnly; SameSite=Strict; Secure',
  )
  expect(setCookie(plain, 'abc')).toBe('mptest=abc; Path=/v1/x; HttpOnly; SameSite=Strict')
})

it('reads the first value that this site can have set, and on https none that plain HTTP can', () => {
  expect(cookieValue(plain, 'a=1; mptest=a"b; mptest=good; mptest=late')).toBe('good')
  expect(cookieValue(secure, 'mptest=injected; __Secure-mptest=good')).toBe('good')
  expect(cookieValue(secure, 'mptest=injected')).toBeUndefined()
  expect(cookieValue(plain, undefined)).toBeUndefined()
})
