import { passwordRefusal } from './password-policy.js'

const owner = { handle: 'Ada_Lovelace', email: 'Countess@example.org' }

it.each([
  ['eleven char', 'too-short'],
  ['qwertyuiop12', 'too-common'],
  ['QWERTYUIOP12', 'too-common'],
  ['abababababababab', 'too-common'],
  ['ada_lovelace1', 'like-account'],
  ['1countess@example.org1', 'like-account'],
  ['xcountessADA_LOVELACEx', 'like-account'],
  ['millionpictures1', 'like-account'],
])('%s is %s', (password, refusal) => expect(passwordRefusal(password, owner)).toBe(refusal))

it.each([
  'correct horse battery staple',
  'ünïcödé ist erlaubt 🦆',
  'countess of the analytical engine',
  '            mostly spaces',
])('%s is good', (password) => expect(passwordRefusal(password, owner)).toBeUndefined())

it('does not mistake a short handle inside of a long password for likeness', () => {
  expect(passwordRefusal('channel crossing', { handle: 'ann', email: 'ann@example.org' })).toBeUndefined()
})
