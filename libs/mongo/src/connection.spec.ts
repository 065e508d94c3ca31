import { isEncryptedUri } from './connection.js'

it.each([
  ['mongodb://h:1/d?tls=true', true],
  ['mongodb://h:1/d?replicaSet=rs0&ssl=true', true],
  ['mongodb+srv://h/d', true],
  ['mongodb://h:1/d', false],
  ['mongodb://tls=true:p@h:1/d', false],
  ['mongodb://h:1/d?tls=false', false],
  ['mongodb+srv://h/d?tls=false', false],
  ['mongodb://h:1/d?tls=true&tlsInsecure=true', false],
  ['mongodb://h:1/d?tls=true&tlsAllowInvalidCertificates=true', false],
  ['mongodb://h:1/d?tlsAllowInvalidHostnames=true&tls=true', false],
])('%s leads to MongoDB over TLS that is checked: %s', (uri, isEncrypted) =>
  expect(isEncryptedUri(uri)).toBe(isEncrypted),
)
