import { addressOf } from './email-address.js'
import { outcomeOf } from './smtp-outcome.js'

const refusal = (command: string, response: string) =>
  outcomeOf({ code: 'EENVELOPE', command, responseCode: Number(response.slice(0, 3)), response })

describe('what a mail server says', () => {
  it.each([
    ['550 5.1.1 no such user', true],
    ['550 no such user', true],
    ['553-5.1.3 bad address', true],
    ['550 5.2.1 mailbox disabled', true],
    ['550 5.7.1 not for you', false],
    ['552 5.2.2 mailbox full', false],
  ])('%s to RCPT is for good; the address is failing: %s', (response, addressFailing) => {
    expect(refusal('RCPT TO', response)).toEqual({
      kind: 'refused',
      reason: `smtp-${response.slice(0, 3)}`,
      addressFailing,
    })
  })

  it.each([
    ['RCPT TO', '450 4.2.0 greylisted'],
    ['DATA', '451 try again'],
    ['CONN', '554 no service here'],
    ['AUTH PLAIN', '535 5.7.8 wrong password'],
    ['MAIL FROM', '550 5.7.1 sender refused'],
    ['RCPT TO', '503 bad sequence'],
  ])('after %s, %s may pass or be mended, and no mail is given up for it', (command, response) => {
    expect(refusal(command, response)).toEqual({ kind: 'failed', reason: `smtp-${response.slice(0, 3)}` })
  })

  it('a message that is refused for its content says nothing about the address', () => {
    expect(refusal('DATA', '554 5.6.0 no')).toEqual({ kind: 'refused', reason: 'smtp-554', addressFailing: false })
  })

  it('silence is a failure, and what the server said is never repeated', () => {
    expect(outcomeOf({ code: 'ETIMEDOUT' })).toEqual({ kind: 'failed', reason: 'smtp-etimedout' })
    expect(JSON.stringify(refusal('RCPT TO', '550 5.1.1 <ansel@example.org>'))).not.toContain('ansel')
  })
})

describe('an address', () => {
  it('is found in a mailbox with a name', () => {
    expect(addressOf('Million Pictures <hello@example.org>')).toBe('hello@example.org')
  })
})
