import { identity } from '@mpics/contracts'
import type { Member } from '@mpics/tools/people/member'
import { forgedForms } from '../hostile/forged-forms.js'
import { inTurns } from '../hostile/in-turns.js'
import { attack } from '../scene/report.js'
import { attackerAt, type Scene } from '../scene/scene.js'

const AT_ONCE = 8
const WANTED = 1_000
const PURPOSES = identity.consentPurpose.options
const CODES = /^(identity\.served-\w[\w-]*|identity\.policy-outdated|input-invalid)$/

/** An answer as an attacker sends it. */
interface Try {
  purpose: string
  body: object
}

export function consentAttacks(scene: Scene): void {
  attack(
    'consents',
    'consents that nobody gave: forged, cut, replayed, for others, for another purpose or notice',
    async () => {
      const [victim, accomplice] = [await scene.member('consenting'), await scene.member('accomplice')]
      const formOf = (member: Member, purpose: (typeof PURPOSES)[number]) =>
        member.api.call(identity.getConsentForm, { params: { purpose } })
      const used = await formOf(victim, 'email-products')
      const give = { granted: true, noticeVersion: used.noticeVersion, served: used.served }
      await victim.api.call(identity.changeConsent, { params: { purpose: 'email-products' }, body: give })
      await victim.api.call(identity.changeConsent, { params: { purpose: 'email-products' }, body: { granted: false } })
      const [own, foreign] = [await formOf(victim, 'email-news'), await formOf(accomplice, 'email-news')]
      const keys = JSON.stringify(await scene.somebody().call(identity.getReceiptKeys, {}))
      const { noticeVersion } = own
      const granted = (served: unknown, more: object = {}) => ({ granted: true, noticeVersion, served, ...more })
      const tries: Try[] = [
        ...forgedForms(own.served, foreign.served, keys).map((served) => ({
          purpose: 'email-news',
          body: granted(served),
        })),
        ...PURPOSES.map((purpose) => ({ purpose, body: granted(foreign.served) })),
        ...PURPOSES.filter((p) => p !== 'email-news').map((purpose) => ({ purpose, body: granted(own.served) })),
        ...['1999-01-01', '', 'é', ' '].map((old) => ({
          purpose: 'email-news',
          body: granted(own.served, { noticeVersion: old }),
        })),
        ...[undefined, null, '', 7, {}, [own.served]].map((served) => ({
          purpose: 'email-news',
          body: granted(served),
        })),
        ...Array.from({ length: 20 }, () => ({ purpose: 'email-products', body: give })),
      ]
      const through: string[] = []
      let refused = 0
      const all = Array.from({ length: Math.ceil(WANTED / tries.length) }, () => tries).flat()
      await inTurns(all, AT_ONCE, async ({ purpose, body }) => {
        const path = `/v1/me/consents/${purpose}`
        const request = { method: 'PUT' as const, path, token: victim.accessToken, body: JSON.stringify(body) }
        const { status, body: answer } = await scene.from(attackerAt(7)).send(request)
        const { code } = (answer ?? {}) as { code?: string }
        if (CODES.test(code ?? '') && status < 500) refused++
        else if (status !== 429) through.push(`${JSON.stringify(body).slice(0, 80)} was answered ${status} ${code}`)
      })
      const { items } = await victim.api.call(identity.getConsents, {})
      through.push(...items.filter((item) => item.granted).map((item) => `${item.purpose} is given`))
      if (refused < WANTED) through.push(`only ${refused} were looked at, and ${WANTED} are wanted`)
      return { tried: 'consents that nobody gave', times: refused, through }
    },
  )
}
