import type { Email } from '../emails/email.js'
import type { SettingsRepository } from '../settings/settings.repository.js'
import { Preparations } from './preparations.js'
import type { PrepareEmail } from './prepare-email.js'

const email = { id: 'mail', accountId: 'anna', kind: 'follow' } as Email

describe('what was prepared of a mail', () => {
  /** A preparation waits, once begun, until the test lets it go on; its reason is the number of changes when it began. */
  function preparing() {
    const texts: PromiseWithResolvers<void>[] = []
    const later = async () => {
      const suppress = `after ${changes}`
      texts.push(Promise.withResolvers())
      await texts.at(-1)!.promise
      return { suppress }
    }
    let [listener, changes] = [() => undefined as void, 0]
    const preparations = new Preparations(
      {
        look: async () => ({ recipient: null, isRepeated: false }),
        early: later,
        execute: later,
      } as unknown as PrepareEmail,
      { onChange: (heard: () => void) => (listener = heard) } as unknown as SettingsRepository,
    )
    const change = () => {
      changes++
      listener()
    }
    const goOn = async (nth: number) => {
      while (texts.length <= nth) await new Promise(setImmediate)
      texts[nth]!.resolve()
    }
    return { preparations, change, goOn, begun: () => texts.length }
  }

  it('counts if nobody has changed a choice', async () => {
    const { preparations, goOn, begun } = preparing()
    preparations.begin(email)
    const prepared = preparations.of(email)
    await goOn(0)
    expect([await prepared, begun()]).toEqual([{ suppress: 'after 0' }, 1])
  })

  it('B19 does not count if somebody changes a choice while the mail awaits it', async () => {
    const { preparations, change, goOn, begun } = preparing()
    preparations.begin(email)
    const prepared = preparations.of(email)
    change()
    await goOn(0)
    await goOn(1)
    expect([await prepared, begun()]).toEqual([{ suppress: 'after 1' }, 2])
  })
})
