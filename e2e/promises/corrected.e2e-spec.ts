import { join } from 'node:path'
import { eventually } from '@mpics/testing/eventually'
import { root } from '@mpics/tools/environment/root'
import { Member, newPerson } from '@mpics/tools/people/member'
import type { CanaryBody } from '../driver/canaries.js'
import { callsWithWords, type Correction, correctionsOf, wordsFor } from '../driver/corrections.js'
import { everythingShown, foundBy, type Seen } from '../driver/everything-shown.js'
import { everythingStored } from '../driver/everything-stored.js'
import { parts, sharedSystem } from '../driver/system.js'

const PICTURE = join(root, 'tools/photographs/coffee.jpg')
const WITHIN_MS = 120_000
const EVERY_MS = 500

/** Calls that take words of people which are corrected elsewhere, or are not kept. */
const OTHERS: Record<string, string> = {
  registerAccount: 'the name is corrected on the profile, the address by changeEmail; the handle never changes',
  requestVerificationMail: 'looked up, and not kept',
  requestPasswordReset: 'looked up, and not kept',
  requestFactorRecovery: 'looked up, and not kept',
  logIn: 'looked up, and not kept',
  addPasskey: 'needs an authenticator: see passkeys.int-spec.ts of identity',
  renamePasskey: 'needs an authenticator: see passkeys.int-spec.ts of identity',
  changeEmail: 'counts once it is confirmed: see email-changes.int-spec.ts of identity',
}
const CORRECTED = ['changeMyProfile', 'changePhoto', 'createProgramToken', 'renameProgramToken', 'uploadPhoto']

const marksOf = ({ texts }: CanaryBody) => texts.flatMap(({ value }) => /canary[0-9a-f]{12}/.exec(value)?.[0] ?? [])

const textsIn = (seen: ReadonlyMap<string, Seen>) => new Map([...seen].map(([path, { text }]) => [path, text]))

function placesWith(marks: readonly string[], texts: ReadonlyMap<string, string>): string[] {
  return [...texts].flatMap(([place, text]) =>
    marks.filter((mark) => text.includes(mark)).map((mark) => `${mark}: ${place}`),
  )
}

describe('what a person corrects', () => {
  const running = sharedSystem()
  const photo = { id: '' }
  let member: Member
  let corrections: Record<string, Correction>
  beforeAll(async () => {
    const { api, mailbox } = parts(running)
    member = new Member(newPerson('corrector', 'Formername'), api, mailbox)
    await member.join()
    photo.id = await member.upload(PICTURE)
    await member.published(photo.id)
    corrections = correctionsOf(member, photo, PICTURE)
  })

  const shown = (before?: ReadonlyMap<string, Seen>) => everythingShown(running, member, photo.id, before)

  /** Also where somebody asks with the tag of an answer from before. */
  const untilGone = (marks: readonly string[], before: ReadonlyMap<string, Seen>) =>
    eventually(
      'corrected words to be gone',
      async () => {
        expect(placesWith(marks, await everythingStored(running))).toEqual([])
        expect(placesWith(marks, textsIn(await shown(before)))).toEqual([])
        expect(await foundBy(running, marks)).toEqual([])
        return true
      },
      WITHIN_MS,
      EVERY_MS,
    )

  const untilShown = (marks: readonly string[]) =>
    eventually(
      'words to be shown',
      async () => {
        const seen = await shown()
        const unseen = marks.filter((mark) => placesWith([mark], textsIn(seen)).length === 0)
        expect(unseen).toEqual([])
        return seen
      },
      WITHIN_MS,
      EVERY_MS,
    )

  it('is each word that a call takes, or there is a reason why not', () => {
    expect(callsWithWords.map(({ name }) => name).sort()).toEqual([...CORRECTED, ...Object.keys(OTHERS)].sort())
    expect(Object.keys(corrections).sort()).toEqual(CORRECTED)
  })

  it.each(CORRECTED)(
    'B51.2 %s: what was corrected or deleted is in no store, answer, page, search or cache',
    async (name) => {
      const call = callsWithWords.find((each) => each.name === name)!
      const [first, second] = [wordsFor(call), wordsFor(call)]
      const { enter, correct, remove } = corrections[name]!
      await enter(first.body)
      const ofFirst = await untilShown(marksOf(first))
      await correct(second.body)
      await untilGone(marksOf(first), ofFirst)
      const ofSecond = await untilShown(marksOf(second))
      await remove()
      await untilGone([...marksOf(first), ...marksOf(second)], ofSecond)
    },
    400_000,
  )

  it('leaves nothing of the name of the registration either', async () => {
    await untilGone(['Formername', 'formername'], new Map())
  })
})
