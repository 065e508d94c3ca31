import { type HeldData, nameOfStore, PersonalData } from '@mpics/mongo'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { RightsOptions } from '../rights-options.js'
import { encodePart, type PartItem } from './encode-part.js'
import { ExportFiles } from './export-files.js'
import type { LinkedFile } from './part-format.js'
import { RegisterFile } from './register-files.js'

/** All that a service holds of a person: a document and a list for each entry of the register, and the files they gave it. */
@Injectable()
export class PartContent {
  constructor(
    private readonly options: RightsOptions,
    private readonly personalData: PersonalData,
    private readonly files: ExportFiles,
    private readonly clock: Clock,
  ) {}

  /** `linked` hears of the bytes that are not in the part itself. */
  encoded(accountId: string, linked: (bytes: number) => void): AsyncGenerator<Buffer> {
    return encodePart(this.items(accountId, linked), this.clock.now())
  }

  private async *items(accountId: string, linked: (bytes: number) => void): AsyncGenerator<PartItem> {
    for (const entry of this.personalData.held())
      if ('collection' in entry.store) yield* this.documents(entry, new RegisterFile(entry, accountId))
    for await (const file of this.linked(accountId)) {
      linked(file.bytes)
      yield file
    }
  }

  private async *documents({ store }: HeldData, file: RegisterFile): AsyncGenerator<PartItem> {
    const name = `${this.options.service}/${nameOfStore(store).replace(/[^\w-]+/g, '')}`
    const head = { modifiedAt: this.clock.now().toISOString(), text: true }
    yield { ...head, name: `${name}.json`, content: file.json() }
    if (file.columns.size > 0) yield { ...head, name: `${name}.csv`, content: file.csv() }
  }

  private async *linked(accountId: string): AsyncGenerator<LinkedFile> {
    for await (const file of this.files.of(accountId)) {
      const { name, modifiedAt, bytes } = file
      yield { name, modifiedAt: modifiedAt.toISOString(), bytes, links: await file.links() }
    }
  }
}
