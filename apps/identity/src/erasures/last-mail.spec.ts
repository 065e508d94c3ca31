import { type Erasure, openErasure } from './erasure.js'
import { claimMail, settleMail } from './last-mail.js'

const at = (minutes: number) => new Date(Date.UTC(2026, 0, 31, 12, minutes))
const HOURS = 60

describe('the right to send the last mail', () => {
  const begun = { id: 'e', accountHash: 'h', cause: 'closed' as const, acts: [], sealed: 'sealed' }
  const erased: Erasure = { ...openErasure(begun, at(0)).state, finishedAt: at(1), receipt: 'r' }

  it('is given to one of two who ask at once, and again when that one was not heard of', () => {
    const first = claimMail(erased, at(1))
    expect([first.changed, first.state.mail?.attempts]).toEqual([true, 1])
    expect(claimMail(first.state, at(1)).changed).toBe(false)
    expect(claimMail(first.state, at(4)).state.mail?.attempts).toBe(2)
  })

  it('is given for no erasure that goes on, and for none whose address is to be forgotten', () => {
    expect(claimMail({ ...erased, finishedAt: null }, at(1)).changed).toBe(false)
    expect(claimMail(erased, at(48 * HOURS)).changed).toBe(false)
    const sent = settleMail(erased, 'sent', at(2)).state
    expect([sent.mail, claimMail(sent, at(3)).changed]).toEqual([null, false])
  })
})
