import { identity, media, notifications, profiles } from '@mpics/contracts'
import { z } from 'zod'
import { type Archive, ArchiveError } from './archive.js'

const choice = notifications.emailChoice
const account = z.object({ locale: z.string(), timeZone: z.string().nullish() })
const profile = z.object({
  ...profiles.profileChangesShape,
  visibility: z.object(profiles.profileVisibilityShape),
})
const settings = z.object({ choices: z.partialRecord(z.enum(notifications.chosenCategories), choice) })
const photo = z.object({
  id: z.uuid(),
  file: z.string().startsWith('photos/').nullable(),
  status: z.string(),
  ...media.changePhoto.body!.shape,
  uploadedAt: z.iso.datetime(),
})

export type ExportedPhoto = z.output<typeof photo>

/** As much of an export as another account takes. */
export interface ExportedAccount {
  account: z.output<typeof identity.changeMe.body & object>
  profile: z.output<typeof profile>
  settings: z.output<typeof settings>['choices'] | undefined
  photos: ExportedPhoto[]
}

export async function readExportedAccount(archive: Archive): Promise<ExportedAccount> {
  const [own] = await records(archive, 'identity/accounts.json', account)
  const [shown] = await records(archive, 'profiles/profiles.json', profile)
  if (!own || !shown) throw new ArchiveError('The export holds no account, or no profile: nothing can be imported.')
  const [chosen] = await records(archive, 'notifications/settings.json', settings)
  const photos = await records(archive, 'media/photos.json', photo)
  const { locale, timeZone } = own
  return {
    account: identity.changeMe.body!.parse({ locale, ...(timeZone && { timeZone }) }),
    profile: shown,
    settings: chosen?.choices,
    photos: photos.sort((a, b) => (a.uploadedAt < b.uploadedAt ? -1 : 1)),
  }
}

async function records<T extends z.ZodType>(archive: Archive, name: string, record: T): Promise<z.output<T>[]> {
  const text = (await archive.bytes(name)).toString()
  try {
    return z.object({ records: z.array(record) }).parse(JSON.parse(text)).records
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error).slice(0, 300) : 'it is no JSON'
    throw new ArchiveError(`${name} of the zip is none of an export: ${why}`)
  }
}
