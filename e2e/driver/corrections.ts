import { type ApiDefinition, identity, media, profiles } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { publicApis } from '@mpics/contracts/catalogue'
import type { Member } from '@mpics/tools/people/member'
import { CanaryBody, type FilledText } from './canaries.js'

type Body = Record<string, unknown>

/** How the words of one call are entered, corrected and deleted. */
export interface Correction {
  enter: (body: Body) => Promise<unknown>
  correct: (body: Body) => Promise<unknown>
  remove: () => Promise<unknown>
}

/** Photos stay shown to everybody meanwhile. */
export const wordsFor = (call: ApiDefinition): CanaryBody => new CanaryBody(call.body!, { visibility: 'public' })

const isPersonal = ({ about, value }: FilledText) => about?.classification === 'personal' && value !== ''
const isForMembers = ({ access }: ApiDefinition) => typeof access === 'string'

/** The calls that take words of people. */
export const callsWithWords: readonly ApiDefinition[] = publicApis.filter(
  (call) => isForMembers(call) && call.body && wordsFor(call).texts.some(isPersonal),
)

/** Null or, of a list, empty. */
function emptied(call: ApiDefinition): Body {
  const fields = wordsFor(call).texts.map(({ path }) => path.split(/[.[]/, 1)[0]!)
  return Object.fromEntries(fields.map((field) => [field, field === 'tags' ? [] : null]))
}

/** By the name of the call that takes the words. */
export function correctionsOf(member: Member, photo: { id: string }, picture: string): Record<string, Correction> {
  const profile = (body: Body) => member.api.call(profiles.changeMyProfile, { body })
  const change = (body: Body) => member.api.call(media.changePhoto, { params: photo, body })
  const token = { id: '' }
  const expiresAt = new Date(Date.now() + DAY_MS).toISOString()
  const create = async ({ name }: Body) => {
    const body = { name: name as string, scopes: ['photos:read' as const], expiresAt }
    token.id = (await member.api.call(identity.createProgramToken, { body })).id
  }
  const rename = ({ name }: Body) =>
    member.api.call(identity.renameProgramToken, { params: token, body: { name: name as string } })
  const revoke = () => member.api.call(identity.revokeProgramToken, { params: token })
  const clearPhoto = () => change(emptied(media.changePhoto))
  return {
    changeMyProfile: { enter: profile, correct: profile, remove: () => profile(emptied(profiles.changeMyProfile)) },
    changePhoto: { enter: change, correct: change, remove: clearPhoto },
    uploadPhoto: {
      async enter(body) {
        photo.id = await member.upload(picture, body)
        await member.published(photo.id)
      },
      correct: change,
      remove: clearPhoto,
    },
    createProgramToken: { enter: create, correct: rename, remove: revoke },
    renameProgramToken: {
      async enter(body) {
        await create({ name: 'Backup' })
        await rename(body)
      },
      correct: rename,
      remove: revoke,
    },
  }
}
